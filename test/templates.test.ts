/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEngine, type Engine, type WorkflowJson } from './engine/engine';
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

describe.each(readdirSync(folder))('the template %s', (file) => {
	const json = JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowJson;

	it('holds nothing of the n8n it was made with', () => {
		expect(json).not.toHaveProperty('id');
		expect(json).not.toHaveProperty('meta');
		for (const node of json.nodes) expect(node).not.toHaveProperty('credentials');
	});

	it('runs to its end', async () => {
		const credentials = { segmindApi: { ...simulator.credential } };
		const run = await engine.run(json, { credentials });

		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		expect(run.items().length).toBeGreaterThan(0);
	});
});
