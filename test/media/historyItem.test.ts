import { readRow } from '../../nodes/api/historyRows';
import { historyJson, summarizeRequest, withShortTexts } from '../../nodes/media/historyItem';

const row = readRow({
	request_id: 'r1',
	model_name: 'fast-flux-schnell',
	model_status: 'COMPLETED',
	credits_deduction: 0.02,
	request_body: { prompt: 'a fox', seed: 1 },
	generation_url: ['https://a/1.png', 'https://a/2.png'],
	latency_ms: 1500,
	created_at: '2026-11-21T12:00:00Z',
})!;

it('has the keys of the contract in their order', () => {
	const json = historyJson(summarizeRequest(row));
	expect(Object.keys(json)).toEqual([
		'request_id',
		'status',
		'model',
		'prompt',
		'url',
		'urls',
		'cost',
		'latency',
		'created_at',
		'parameters',
		'failure_reason',
	]);
	expect(json).toEqual({
		request_id: 'r1',
		status: 'COMPLETED',
		model: 'fast-flux-schnell',
		prompt: 'a fox',
		url: 'https://a/1.png',
		urls: ['https://a/1.png', 'https://a/2.png'],
		cost: 0.02,
		latency: 1.5,
		created_at: '2026-11-21T12:00:00.000Z',
		parameters: { prompt: 'a fox', seed: 1 },
		failure_reason: null,
	});
});

it('has null for what the history does not say', () => {
	expect(historyJson(summarizeRequest(readRow({ request_id: 'r1' })!))).toEqual({
		request_id: 'r1',
		status: 'PENDING',
		model: null,
		prompt: null,
		url: null,
		urls: [],
		cost: null,
		latency: null,
		created_at: null,
		parameters: null,
		failure_reason: null,
	});
});

it('cuts long texts in the inputs, but not the prompt', () => {
	const long = 'x'.repeat(5000);
	const cut = `${'x'.repeat(2000)}… (5000 characters)`;
	const shown = summarizeRequest({ ...row, parameters: { prompt: long, list: [{ image: long }] } });
	expect(shown.prompt).toBe(long);
	expect(shown.parameters).toEqual({ prompt: cut, list: [{ image: cut }] });
	const exact = 'x'.repeat(2000);
	expect(withShortTexts([exact, 5, null, true])).toEqual([exact, 5, null, true]);
});
