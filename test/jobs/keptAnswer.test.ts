/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { storageFolder } from '../engine/n8nFolder';
import { startStage, type Stage } from '../engine/stage';
import { model, textOf } from '../faults/runs';
import { answerAs, type AnswerShape } from './answers';

const RETRY: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

let stage: Stage;
const executionFolder = (id: string) => join(storageFolder, 'workflows/engine/executions', id);

const SMALL = JSON.stringify({ width: 48, height: 48 });

async function generate({
	options = {},
	mode = 'sync',
	executionId,
}: {
	options?: object;
	mode?: string;
	executionId?: string;
} = {}) {
	return await stage.run(
		'segmindGenerateImage',
		{
			model,
			prompt: 'a fox',
			options: { mode, jsonParameters: SMALL, maxRetries: 0, ...options },
		},
		{ nodeOptions: RETRY, ...(executionId ? { executionId } : {}) },
	);
}

const posts = () => stage.sim.requests.filter(({ method }) => method === 'POST');
const failDownloads = (times: number) =>
	stage.sim.script({ origin: 'files', times, answer: { status: 503 } });

describe('a billed answer is kept, whatever happens afterwards', () => {
	beforeAll(async () => (stage = await startStage('filesystem')));
	beforeEach(() => stage.sim.reset());
	afterAll(async () => await stage.close());

	it.each<[mode: string, shape: AnswerShape]>([
		['sync', 'url'],
		['async', 'bytes'],
	])('retries a failed download, not the request (%s)', async (mode, shape) => {
		answerAs(stage.sim, shape);
		failDownloads(2);
		const run = await generate({ mode });

		expect(textOf(run)).toBe('');
		expect(posts()).toHaveLength(1);
		expect(stage.sim.jobs.map(({ billed }) => billed > 0)).toEqual([true]);
		expect(run.items()[0]?.binary?.data?.mimeType).toBe('image/jpeg');
		// The result of a job is not fetched again, either.
		expect(
			stage.sim.requests.filter(({ path }) => /\/v2\/requests\/[^/]+$/.test(path)),
		).toHaveLength(mode === 'async' ? 1 : 0);
	});

	it.each<[what: string, spoil: () => void, options: object]>([
		['that fail for ever', () => failDownloads(100), {}],
		['that are too large', () => {}, { maxFileSize: 0.0001 }],
	])('pays once for downloads %s', async (_what, spoil, options) => {
		answerAs(stage.sim, 'url');
		spoil();
		const run = await generate({ options });

		expect(run.status).toBe('error');
		expect(posts()).toHaveLength(1);
		expect(textOf(run)).toContain(stage.sim.filesUrl);
		// The id of a v1 call is none that Check Status knows.
		expect(textOf(run)).not.toContain(stage.sim.jobs[0]!.requestId);
	});

	it.each<AnswerShape>(['bytes', 'largeBase64', 'base64', 'url'])(
		'pays once despite a full disk (%s)',
		async (shape) => {
			answerAs(stage.sim, shape);
			const executionId = `full-${shape}`;
			// A file where n8n wants to make the folder of the execution.
			mkdirSync(dirname(executionFolder(executionId)), { recursive: true });
			writeFileSync(executionFolder(executionId), '');
			const run = await generate({ executionId });
			rmSync(executionFolder(executionId));

			expect(run.status).toBe('error');
			expect(posts()).toHaveLength(1);
			expect(textOf(run)).toMatch(/was made and billed|may have been billed|not sent again/);
		},
	);

	it('keeps base64 over 64 kB by reference, the rest inline', async () => {
		for (const shape of ['base64', 'largeBase64', 'bytes', 'url'] as const) {
			stage.sim.reset();
			// The second item fails, so that the ledger stays.
			stage.sim.script({ method: 'POST', skip: 1, answer: { status: 400, body: { error: 'x' } } });
			answerAs(stage.sim, shape);
			const run = await stage.run(
				'segmindGenerateImage',
				{
					model,
					prompt: '={{ $json.prompt }}',
					options: { mode: 'sync', jsonParameters: SMALL, concurrency: 1 },
				},
				{ items: [{ json: { prompt: 'one' } }, { json: { prompt: 'two' } }] },
			);
			expect(run.status).toBe('error');
			const saved = JSON.stringify(run.contextData);
			expect(saved.includes('"base64"')).toBe(shape === 'base64');
			expect(saved.includes('filesystem-v2:')).toBe(/largeBase64|bytes/.test(shape));
			expect(saved.length).toBeLessThan(64 * 1024);
		}
	});
});

describe('with binaries in memory', () => {
	beforeAll(async () => (stage = await startStage('memory')));
	beforeEach(() => stage.sim.reset());
	afterAll(async () => await stage.close());

	it.each<AnswerShape>(['bytes', 'largeBase64'])(
		'never saves bytes with the execution, but reuses them in the same process (%s)',
		async (shape) => {
			stage.sim.script({
				method: 'POST',
				skip: 1,
				answer: { status: 400, body: { error: 'bad luck' } },
			});
			answerAs(stage.sim, shape);
			const items = [{ json: { prompt: 'one' } }, { json: { prompt: 'two' } }];
			const parameters = {
				model,
				prompt: '={{ $json.prompt }}',
				options: { mode: 'sync', jsonParameters: SMALL, concurrency: 1 },
			};
			const retried = await stage.run('segmindGenerateImage', parameters, {
				items,
				nodeOptions: RETRY,
			});
			expect(textOf(retried)).toBe('');
			expect(posts()).toHaveLength(3);
			expect(stage.sim.jobs).toHaveLength(2);

			stage.sim.reset();
			stage.sim.script({ method: 'POST', skip: 1, answer: { status: 400, body: { error: 'x' } } });
			answerAs(stage.sim, shape);
			const failed = await stage.run('segmindGenerateImage', parameters, { items });
			expect(failed.status).toBe('error');
			expect(/[A-Za-z0-9+/]{100}/.test(JSON.stringify(failed.contextData))).toBe(false);
		},
	);
});
