/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEngine, type Engine, type WorkflowJson } from './engine/engine';
import { fileOf } from './engine/sampleFiles';
import { startSimulator, type Simulator } from './simulator/simulator';

const SPEED = 100;
const folder = join(__dirname, '../templates');

let engine: Engine;
let simulator: Simulator;

beforeAll(async () => {
	engine = await startEngine();
	const { clock, now } = engine.packageClock();
	clock.speed = SPEED;
	simulator = await startSimulator({ speed: SPEED, now });
});

afterAll(async () => {
	await simulator.close();
	await engine.close();
});

/** n8n's own Wait node goes by the real clock. */
function withShortWaits(json: WorkflowJson): WorkflowJson {
	const nodes = json.nodes.map((node) => {
		const { amount } = node.parameters ?? {};
		if (node.type !== 'n8n-nodes-base.wait') return node;
		return { ...node, parameters: { ...node.parameters, amount: Number(amount) / SPEED } };
	});
	return { ...json, nodes };
}

/** Nothing outside this machine is asked: what a template fetches is a picture of the simulator's. */
function withoutWeb(json: WorkflowJson): WorkflowJson {
	const url = simulator.publish(fileOf('png'), 'photo.png', 'image/png');
	const nodes = json.nodes.map((node) =>
		node.type === 'n8n-nodes-base.httpRequest'
			? { ...node, parameters: { ...node.parameters, url } }
			: node,
	);
	return { ...json, nodes };
}

function readTemplate(file: string): WorkflowJson {
	return JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowJson;
}

describe.each(readdirSync(folder))('the template %s', (file) => {
	const json = readTemplate(file);

	it('holds nothing of the n8n it was made with', () => {
		expect(json).not.toHaveProperty('id');
		expect(json).not.toHaveProperty('meta');
		for (const node of json.nodes) expect(node).not.toHaveProperty('credentials');
	});

	// A database is wanted by what works on a table: test/n8n/queue.suite.ts has one and runs that template.
	const runs = json.nodes.some(({ type }) => type === 'n8n-nodes-base.postgres') ? it.skip : it;
	runs('runs to its end', async () => {
		const credentials = { segmindApi: { ...simulator.credential } };
		const run = await engine.run(withShortWaits(withoutWeb(json)), { credentials });

		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(run.items().length).toBeGreaterThan(0);
	});
});

describe('the loop that waits for a video', () => {
	const json = withShortWaits(readTemplate('video-async-loop.json'));
	const run = async () =>
		await engine.run(json, { credentials: { segmindApi: { ...simulator.credential } } });

	it('goes round until the video is there, and ends with its file', async () => {
		simulator.reset();
		const result = await run();
		const { runData } = result;
		const items = result.items('Use the video');

		expect(result.error).toBeUndefined();
		expect(simulator.jobs).toHaveLength(1);
		expect(runData.Wait?.length).toBeGreaterThan(1);
		expect(runData['Is it ready?']).toHaveLength(runData.Wait?.length ?? 0);
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({
			status: 'COMPLETED',
			request_id: simulator.jobs[0]?.requestId,
			content_type: 'video/mp4',
		});
		expect(items[0]?.binary?.data?.mimeType).toBe('video/mp4');
	});

	it('stops with the reason when the job fails', async () => {
		simulator.reset();
		simulator.script({
			path: /\/status$/,
			skip: 1,
			answer: { status: 422, body: { status: 'FAILED', error: 'content_policy_violation' } },
		});
		const { status, error, lastNode } = await run();

		expect(status).toBe('error');
		expect(lastNode).toBe('Stop with the reason');
		expect(error?.message).toBe(`content_policy_violation (job ${simulator.jobs[0]?.requestId})`);
	});
});
