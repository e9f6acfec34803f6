/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sha256 } from '../engine/sampleFiles';
import type { NodeJson, WorkflowJson } from '../engine/workflow';
import type { SimulatedJob } from '../simulator/simulator';
import { openBrowser, type EditorWindow } from './browser';
import { eventually } from './children';
import { docPicture } from './docPicture';
import { startHost, typeOf, type Host } from './host';
import { Person } from './person';
import { photo } from './pictures';

/** Wider than in the other suite, so that both usual widths are seen. */
const SIZE = { width: 1920, height: 1080 };
/** Parts of a window of that size: a node's parameters, and these with the output. */
const PARAMETERS = { x: 751, y: 66, width: 420, height: 910 };
const NODE = { x: 751, y: 66, width: 1144, height: 910 };
/** What the node gets, at the left, and its parameters. */
const DRAGGED = { x: 24, y: 66, width: 1147, height: 910 };
const UPPER_HALF = { ...NODE, height: 360 };
const UPPER_PART = { ...NODE, height: 660 };

/** Plays the video of the output and gives how far it has come, in seconds. */
const PLAY = `(async () => {
	const video = document.querySelector('[data-test-id="output-panel"] video');
	video.muted = true;
	await video.play();
	return video.videoWidth > 0 ? video.currentTime : 0;
})()`;

const start: NodeJson = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 };

describe('somebody who has never seen an API, in the editor', () => {
	let host: Host;
	let window: EditorWindow;
	let person: Person;

	before(async () => {
		host = await startHost();
		window = await openBrowser(host.n8n.url, host.n8n.client.cookie, SIZE);
		person = new Person(host.n8n, window);
	});

	beforeEach(() => host.simulator.reset());

	after(async () => {
		await window?.close();
		await host?.close();
	});

	/** A node as the editor adds it: nothing is set but the credential, which the editor chooses. */
	function added(name: string, type: string): NodeJson {
		const credentials = { segmindApi: host.good };
		return { name, type: typeOf(type), typeVersion: 1, parameters: {}, credentials };
	}

	/** Nodes behind each other. */
	function chain(...rest: NodeJson[]): WorkflowJson {
		const nodes = [start, ...rest].map((node, index): NodeJson => {
			const position: [number, number] = [index * 220, 0];
			return { id: `node-${index}`, position, parameters: {}, ...node };
		});
		const links = rest.map(({ name }, index) => [
			nodes[index]!.name,
			{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
		]);
		return { name: 'My workflow', nodes, connections: Object.fromEntries(links) };
	}

	/** What the models were sent, in order. */
	const sent = () =>
		host.simulator.jobs.map(({ slug, body }) => [slug, ...Object.keys(body).sort()]);

	/** Waits for the picture in the output to be drawn, and gives its width. */
	async function widthOfPicture(): Promise<number> {
		const image = await person.seen('img');
		return await eventually('the picture', 60, async () => {
			const { width } = await image.evaluate((it) => ({ width: it.naturalWidth }));
			return width || undefined;
		});
	}

	it('draws, edits that picture with Kontext, removes its background, and enlarges it', async () => {
		const steps: Array<{ name: string; search?: string; model?: RegExp; prompt?: string }> = [
			{ name: 'Draw', prompt: 'a red fox' },
			{ name: 'Edit', search: 'kontext pro', model: /^Flux Kontext Pro/, prompt: 'in winter' },
			{ name: 'Cut out', search: 'background removal v2', model: /^Background Removal V2/ },
			{ name: 'Enlarge', search: 'esrgan', model: /^ESRGAN/ },
		];
		await person.openWorkflow(
			chain(...steps.map(({ name }) => added(name, 'segmindGenerateImage'))),
		);
		for (const { name, search, model, prompt } of steps) {
			await person.openNode(name);
			if (search && model) await person.chooseModel(search, model);
			if (prompt) await person.write('prompt', prompt);
			if (name !== 'Draw') await person.addFile();
			await person.execute();
			assert.ok((await widthOfPicture()) > 0);
			await person.closeNode();
		}

		assert.deepEqual(
			person.typed,
			steps.flatMap(({ search, prompt }) => [search ?? [], prompt ?? []].flat()),
		);
		assert.deepEqual(sent(), [
			['fast-flux-schnell', 'prompt'],
			['flux-kontext-pro', 'input_image', 'prompt'],
			['bg-removal-v2', 'image'],
			['esrgan', 'image'],
		]);
		// Each model was given the picture of the one before it, not the first one.
		assert.equal(host.simulator.uploads.length, 3);
	});

	/** The model's fields with the SHA-256 of the file that each was given. */
	const filesOf = (job: SimulatedJob | undefined) => {
		const sums = new Map(host.simulator.uploads.map(({ url, sha256 }) => [url, sha256]));
		return Object.entries(job?.body ?? {}).map(([field, url]) => [field, sums.get(String(url))]);
	};

	it('swaps a face between two drawn pictures, which are dragged into the node', async () => {
		const draw = (name: string, prompt: string): NodeJson => ({
			...added(name, 'segmindGenerateImage'),
			parameters: { prompt },
		});
		const nodes = ['Draw face', 'Draw scene'] as const;
		await person.openWorkflow(
			chain(...nodes.map((name) => draw(name, name)), added('Swap', 'segmindGenerateImage')),
		);
		await person.openNode('Swap');
		await person.chooseModel('faceswap v4', /^Segmind Faceswap v4/);
		for (const [row, node] of nodes.entries()) {
			await person.addFile(row);
			await person.choose('source', /^URL/, row);
			await person.drag('url', node, 'url', row);
		}
		await docPicture(window, 'face-swap', DRAGGED);
		await person.execute();
		assert.ok((await widthOfPicture()) > 0);

		assert.deepEqual(person.typed, ['faceswap v4']);
		const [execution] = await host.n8n.client.executions();
		const { runs } = await host.n8n.client.ended(execution!.id);
		const sumOf = async (node: string) =>
			sha256(await host.n8n.client.file(runs[node]!.at(-1)!.data!.main![0]![0]!.binary!.data!));
		assert.deepEqual(filesOf(host.simulator.jobs.at(-1)), [
			['source_image', await sumOf('Draw face')],
			['target_image', await sumOf('Draw scene')],
		]);
	});

	it('swaps a face with two photos of the item', async () => {
		const photos = { face: photo('#c08060'), scene: photo('#6080c0') };
		const fetched = (name: keyof typeof photos): NodeJson => ({
			name,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: host.simulator.publish(photos[name], `${name}.jpg`, 'image/jpeg'),
				options: { response: { response: { responseFormat: 'file', outputPropertyName: name } } },
			},
		});
		const both: NodeJson = {
			name: 'Both',
			type: 'n8n-nodes-base.merge',
			typeVersion: 3.2,
			parameters: { mode: 'combine', combineBy: 'combineByPosition', options: {} },
		};
		const workflow = chain(
			fetched('face'),
			fetched('scene'),
			both,
			added('Swap', 'segmindGenerateImage'),
		);
		const to = (node: string, index = 0) => ({ node, type: 'main' as const, index });
		workflow.connections = {
			Start: { main: [[to('face'), to('scene')]] },
			face: { main: [[to('Both')]] },
			scene: { main: [[to('Both', 1)]] },
			Both: { main: [[to('Swap')]] },
		};
		await person.openWorkflow(workflow);
		await person.openNode('Swap');
		await person.chooseModel('faceswap v4', /^Segmind Faceswap v4/);
		await person.addFile();
		await person.choose('source', 'All Files of the Item');
		await person.execute();
		assert.ok((await widthOfPicture()) > 0);

		assert.deepEqual(person.typed, ['faceswap v4']);
		assert.deepEqual(host.simulator.jobs.map(filesOf), [
			[
				['source_image', sha256(photos.face)],
				['target_image', sha256(photos.scene)],
			],
		]);
	});

	it('makes a first video with a model, a text and one click', async () => {
		await person.openWorkflow(chain(added('Video', 'segmindGenerateVideo')));
		await person.openNode('Video');
		await person.chooseModel('seedance 2.0', /^Seedance 2\.0 Fast/);
		await person.write('prompt', 'a red fox runs through fresh snow');
		await person.execute();
		await person.seen('video');
		const played = await eventually('the video to play', 60, async () => {
			const seconds = await window.page.evaluate<number>(PLAY);
			return seconds > 0.2 ? seconds : undefined;
		});
		assert.ok(played > 0);
		await docPicture(window, 'video', PARAMETERS);

		assert.deepEqual(person.typed, ['seedance 2.0', 'a red fox runs through fresh snow']);
		assert.deepEqual(sent(), [['seedance-2.0-fast', 'prompt']]);
	});

	it('hears a first sentence with a text and one click', async () => {
		await person.openWorkflow(chain(added('Audio', 'segmindGenerateAudio')));
		await person.openNode('Audio');
		await person.write('prompt', 'Good morning, and welcome.');
		await person.execute();
		await person.seen('audio');
		await docPicture(window, 'audio', UPPER_HALF);

		assert.deepEqual(person.typed, ['Good morning, and welcome.']);
		const [job, ...more] = host.simulator.jobs;
		assert.deepEqual(more, []);
		assert.ok(Object.values(job?.body ?? {}).includes('Good morning, and welcome.'));
	});

	it('gets a first structured answer with a text, the choice JSON, and one click', async () => {
		await person.openWorkflow(chain(added('Text', 'segmindGenerateText')));
		await person.openNode('Text');
		await person.write('prompt', 'A title and a price for red running shoes');
		await person.choose('outputFormat', 'JSON');
		await person.execute();
		const shown = await person.readJson();
		await docPicture(window, 'text', NODE);

		assert.deepEqual(person.typed, ['A title and a price for red running shoes']);
		// An object of its own below "json", not a text that looks like one.
		assert.match(shown.replaceAll(/\s/g, ''), /"json":\{"\w+":/);
	});

	it('finds what was made before, and what ended last, with one click each', async () => {
		const { simulator } = host;
		const url = simulator.publish(photo(), 'photo.jpg', 'image/jpeg');
		const request_id = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';
		simulator.history.add({
			request_id,
			generation_url: url,
			request_body: { prompt: 'a red fox' },
		});
		await person.openWorkflow(chain(added('Earlier', 'segmindGetHistory')));
		await person.openNode('Earlier');
		await person.execute();
		assert.ok((await person.readJson()).includes(request_id));
		await docPicture(window, 'get-history', UPPER_PART);

		const { nodes } = chain(added('When one is done', 'segmindTrigger'));
		await person.openWorkflow({ name: 'My workflow', nodes: nodes.slice(1), connections: {} });
		await person.openNode('When one is done');
		await person.execute();
		assert.ok((await person.readJson()).includes(request_id));
		await docPicture(window, 'trigger', UPPER_PART);

		assert.deepEqual(person.typed, []);
	});

	it('threw no error in the page', () => {
		assert.deepEqual(window.errors, []);
	});
});
