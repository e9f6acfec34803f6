import type { IDataObject, INode } from 'n8n-workflow';
import { startStage, type Stage } from './stage';

let stage: Stage;

beforeAll(async () => (stage = await startStage('memory')));
beforeEach(() => stage.sim.reset());
afterAll(async () => await stage.close());

const kept = { prompt: 'a fox', options: { includeInputFields: true } };
const run = async (json: IDataObject, nodeOptions: Partial<INode> = {}, parameters = kept) =>
	await stage.run('segmindGenerateImage', parameters, { items: [{ json }], nodeOptions });
const goesOn = { onError: 'continueRegularOutput' } as const;

it('is off by default', async () => {
	const made = await run({ title: 'x' }, {}, { ...kept, options: {} as typeof kept.options });
	expect(made.items()[0]?.json).not.toHaveProperty('title');
});

it('puts the input’s fields below those of the node, whose own values win', async () => {
	const made = await run({ title: 'x', status: 'mine', model: 'mine', nested: { a: [1] } });

	const { json } = made.items()[0]!;
	expect(json).toMatchObject({
		status: 'COMPLETED',
		model: 'fast-flux-schnell',
		title: 'x',
		nested: { a: [1] },
	});
	const keys = Object.keys(json);
	expect(keys[0]).toBe('status');
	expect(keys.slice(-2)).toEqual(['title', 'nested']);
});

it('keeps them in a failed item, too', async () => {
	stage.sim.script({ method: 'POST', answer: { status: 400, body: { error: 'no' } } });
	const refused = await run({ title: 'x', status: 'mine' }, goesOn);
	const wrong = await run({ title: 'x' }, goesOn, {
		...kept,
		options: { ...kept.options, timeout: 0 } as typeof kept.options,
	});

	expect(refused.items()[0]?.json).toMatchObject({
		status: 'REJECTED',
		title: 'x',
		http_status: 400,
	});
	expect(wrong.items()[0]?.json).toMatchObject({
		status: 'REJECTED',
		title: 'x',
		http_status: null,
	});
});

describe('a field named error, by which n8n knows a failed item,', () => {
	it('is left out', async () => {
		const done = await run({ error: 'of last week', title: 'x' });
		expect(done.items()[0]?.json).toMatchObject({ status: 'COMPLETED', title: 'x' });
		expect(done.items()[0]?.json).not.toHaveProperty('error');

		stage.sim.script({ method: 'POST', answer: { status: 400, body: { error: 'no' } } });
		const failed = await run({ error: 'of last week' }, goesOn);
		expect(failed.items()[0]?.json).not.toHaveProperty('error');
	});

	it('makes Retry On Fail pay for nothing twice', async () => {
		const made = await run(
			{ error: 'of last week' },
			{ retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		);

		expect(made.items()[0]?.json.status).toBe('COMPLETED');
		expect(stage.sim.jobs).toHaveLength(1);
	});
});

it('is in Submit Async and Check Status as well', async () => {
	const items = [{ json: { title: 'x', request_id: 'mine' } }];
	const submitted = await stage.run('segmindSubmitAsync', { ...kept, model: 'veo-3' }, { items });
	const [{ json }] = submitted.items() as [{ json: IDataObject }];
	expect(json).toMatchObject({ status: 'QUEUED', title: 'x' });
	expect(json.request_id).toBe(stage.sim.jobs[0]?.requestId);

	const options = { includeInputFields: true };
	const checked = await stage.run('segmindCheckStatus', { options }, { items: [{ json }] });
	expect(checked.items()[0]?.json).toMatchObject({
		status: 'COMPLETED',
		title: 'x',
		prompt: 'a fox',
		submitted_at: json.submitted_at,
	});
});

it('keeps the fields of two items apart', async () => {
	const items = ['one', 'two'].map((title) => ({ json: { title } }));
	const made = await stage.run('segmindGenerateImage', kept, { items });
	expect(made.items().map(({ json }) => json.title)).toEqual(['one', 'two']);
	expect(items).toEqual([{ json: { title: 'one' } }, { json: { title: 'two' } }]);
});
