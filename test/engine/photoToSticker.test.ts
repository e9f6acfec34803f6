/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { binaryModes, startStage, type Stage } from './stage';
import type { WorkflowJson } from './engine';
import { projectFolder } from './n8nFolder';
import { sha256 } from './sampleFiles';

const file = join(projectFolder, 'templates', 'photo-to-sticker.json');
const template = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;

describe.each(binaryModes)('templates/photo-to-sticker.json with binaries in %s', (mode) => {
	let stage: Stage;
	let photo: Buffer;

	beforeAll(async () => {
		stage = await startStage(mode);
		photo = await createCanvas(64, 64).encode('png');
	});
	beforeEach(() => stage.sim.reset());
	afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
	afterAll(async () => await stage.close());

	/** The template, with its sample photo on a local server. */
	function withPhotoAt(url: string): WorkflowJson {
		const nodes = template.nodes.map((node) =>
			node.name === 'Get the photo' ? { ...node, parameters: { ...node.parameters, url } } : node,
		);
		return { ...template, nodes };
	}

	const run = async (json: WorkflowJson, options = {}) =>
		await stage.engine.run(json, {
			credentials: { segmindApi: { ...stage.sim.credential } },
			...options,
		});

	it('makes a sticker of the photo that it fetches', async () => {
		const url = stage.sim.publish(photo, 'portrait.png', 'image/png');
		const result = await run(withPhotoAt(url));

		expect(result.error).toBeUndefined();
		expect(result.lastNode).toBe('Use the sticker');
		expect(stage.sim.uploads).toMatchObject([{ sha256: sha256(photo), contentType: 'image/png' }]);
		expect(stage.sim.jobs).toMatchObject([
			{
				slug: 'face-to-sticker',
				state: 'COMPLETED',
				body: { image: stage.sim.uploads[0]?.url, prompt: expect.any(String) },
			},
		]);
		const [item] = result.items();
		const { data } = item?.binary ?? {};
		const { width, height } = await loadImage(await stage.engine.binary(data!));
		expect([width, height]).toEqual([1024, 1024]);
		expect(item?.json.cost).toBeGreaterThan(0);
	});

	it('takes photos from any other node, one sticker each', async () => {
		const give = async (fileName: string) =>
			await stage.item({ data: { bytes: photo, fileName, mimeType: 'image/png' } });
		const items = [await give('one.png'), await give('two.png')];
		const result = await run(template, { startNode: 'Make the sticker', items });

		expect(result.error).toBeUndefined();
		expect(result.items()).toHaveLength(2);
		expect(stage.sim.jobs).toHaveLength(2);
		expect(stage.sim.uploads).toHaveLength(1);
	});
});
