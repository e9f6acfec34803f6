import {
	joinRows,
	readRow,
	rowsIn,
	rowsOfRequest,
	type HistoryRequest,
} from '../../nodes/api/historyRows';

const row = { request_id: 'r1', model_name: 'kling', model_status: 'COMPLETED' };

describe('the list in an answer', () => {
	it.each<[what: string, body: unknown]>([
		['bare', [row]],
		['under any key', { anything: [row] }],
		['two levels down', { data: { requests: [row], page: 1 } }],
		['after other lists', { models: ['kling'], days: [], columns: [{ name: 'x' }], rows: [row] }],
		['beside entries that are no rows', { rows: [null, row] }],
		['with a message', { message: 'Success', result: [row] }],
	])('is found %s', (_what, body) => {
		expect(rowsIn(body)).toEqual([row]);
	});

	it.each<[what: string, body: unknown]>([
		['bare', []],
		['under a key', { data: [], total: 0 }],
		['beside a list of words', { data: [], statuses: ['FAILED'] }],
		['with a message', { message: 'No requests found', data: [] }],
		['with an empty error', { data: [], error: null }],
		['null, with a total', { data: null, total: 0 }],
		['null, with a total one level down', { requests: null, meta: { total_count: 0 } }],
	])('may be empty: %s', (_what, body) => {
		expect(rowsIn(body)).toEqual([]);
	});

	it.each<[what: string, body: unknown]>([
		['empty, of a failure', { success: false, message: 'try later', data: [] }],
		['empty, of a failed answer', { status: 'error', data: [] }],
		['nothing', undefined],
		['null', null],
		['a text', 'ok'],
		['no list', { status: 'ok' }],
		['null', { data: null }],
		['null, with a total of more', { data: null, total: 3 }],
		['an error with a total', { error: 'busy', data: null, total: 0 }],
		['an error', { error: 'busy', data: [] }],
		['a list of errors', { errors: [{ message: 'x' }] }],
		['objects without an id', { data: [{ id: 5 }] }],
		['texts only', { data: ['a'] }],
	])('is not taken from %s', (_what, body) => {
		expect(rowsIn(body)).toBeUndefined();
	});
});

describe('a row', () => {
	it('is read as the SDK documents it', () => {
		const read = readRow({
			request_id: 'r1',
			model_name: 'kling',
			model_status: 'COMPLETED',
			credits_deduction: '0.25',
			request_body: { prompt: 'a fox' },
			generation_url: 'https://images.segmind.com/a.mp4',
			latency_ms: 1500,
			created_at: '2026-11-21T12:00:00Z',
			error: null,
		});
		expect(read).toEqual<HistoryRequest>({
			requestId: 'r1',
			status: 'COMPLETED',
			model: 'kling',
			cost: 0.25,
			parameters: { prompt: 'a fox' },
			urls: ['https://images.segmind.com/a.mp4'],
			latencyMs: 1500,
			failureReason: null,
			createdAt: Date.UTC(2026, 10, 21, 12),
			endedAt: Date.UTC(2026, 10, 21, 12) + 1500,
		});
	});

	it('may have nothing but its id, and is then pending', () => {
		expect(readRow({ request_id: ' r1 ', model_status: null, credits_deduction: null })).toEqual({
			requestId: 'r1',
			status: 'PENDING',
			model: null,
			cost: null,
			parameters: null,
			urls: [],
			latencyMs: null,
			failureReason: null,
			createdAt: null,
			endedAt: null,
		});
	});

	it.each([undefined, null, '', 5])('without an id is none: %j', (id) => {
		expect(readRow({ ...row, request_id: id })).toBeUndefined();
	});

	it.each<[given: object, status: string, reason: string | null]>([
		[{ model_status: 'completed' }, 'COMPLETED', null],
		[{ model_status: 'SUCCEEDED' }, 'COMPLETED', null],
		[{ model_status: 'FAILED', error: 'no' }, 'FAILED', 'no'],
		[{ model_status: 'FAILED', error: { message: 'no' } }, 'FAILED', 'no'],
		[{ model_status: 'FAILED', error: null }, 'FAILED', 'Segmind gave no reason'],
		[{ model_status: 'CANCELLED' }, 'FAILED', 'Segmind gave no reason'],
		[{ model_status: 'PENDING' }, 'PENDING', null],
		[{ model_status: 'PROCESSING' }, 'PENDING', null],
		[{ model_status: 'WHATEVER', generation_url: 'https://a/b.png' }, 'PENDING', null],
		[{ status: 'COMPLETED' }, 'COMPLETED', null],
		[{ generation_url: 'https://a/b.png' }, 'COMPLETED', null],
		[{ error: 'no' }, 'FAILED', 'no'],
		[{}, 'PENDING', null],
	])('%j is %s', (given, status, failureReason) => {
		expect(readRow({ request_id: 'r1', ...given })).toMatchObject({ status, failureReason });
	});

	it.each<[given: unknown, urls: string[]]>([
		['https://a/b.png', ['https://a/b.png']],
		['https://a/b c.png', ['https://a/b%20c.png']],
		['["https://a/1.png","https://a/2.png"]', ['https://a/1.png', 'https://a/2.png']],
		[['https://a/1.png', 'https://a/1.png'], ['https://a/1.png']],
		['ok', []],
		[null, []],
		[5, []],
	])('has the addresses in %j', (generation_url, urls) => {
		expect(readRow({ ...row, generation_url })?.urls).toEqual(urls);
	});

	it.each<[given: object, parameters: unknown]>([
		[{ request_body: '{"prompt":"a fox"}' }, { prompt: 'a fox' }],
		[{ parameters: { prompt: 'a fox' } }, { prompt: 'a fox' }],
		[{ request_body: 'a fox' }, null],
		[{ request_body: [] }, null],
	])('has the inputs in %j', (given, parameters) => {
		expect(readRow({ ...row, ...given })?.parameters).toEqual(parameters);
	});
});

describe('the answer about one request', () => {
	it.each<[what: string, body: unknown]>([
		['the row', row],
		['the row below a key', { data: row }],
		['a list', { data: [row, { ...row, request_id: 'other' }] }],
		['a row without its id', { model_name: 'kling', model_status: 'COMPLETED' }],
		[
			'a row whose inputs look like another one',
			{ ...row, request_body: { model_name: 'x', list: [{ request_id: 'x' }] } },
		],
	])('is %s', (_what, body) => {
		expect(rowsOfRequest(body, 'r1')).toMatchObject([{ requestId: 'r1', model: 'kling' }]);
	});

	it.each<[what: string, body: unknown]>([
		['another one', { ...row, request_id: 'other' }],
		['those of others', [{ ...row, request_id: 'other' }]],
		['nothing', null],
		['an empty object', {}],
		['a message', { message: 'Request r1' }],
	])('is not %s', (_what, body) => {
		expect(rowsOfRequest(body, 'r1')).toBeUndefined();
	});

	it('is missing in an empty list', () => {
		expect(rowsOfRequest({ data: [] }, 'r1')).toEqual([]);
	});
});

describe('the rows of one request', () => {
	const read = (given: object) => readRow({ request_id: 'r1', ...given })!;
	const one = read({ ...row, generation_url: 'https://a/1.png', credits_deduction: 0.2 });
	const two = read({ ...row, generation_url: 'https://a/2.png', credits_deduction: 0.2 });

	it('have one cost and all files, in their order', () => {
		const other = readRow({ ...row, request_id: 'r2' })!;
		expect(joinRows([one, other, two, two])).toEqual([
			{ ...one, urls: ['https://a/1.png', 'https://a/2.png'] },
			other,
		]);
	});

	it.each([
		[['COMPLETED', 'PENDING'], 'PENDING'],
		[['PENDING', 'COMPLETED'], 'PENDING'],
		[['FAILED', 'COMPLETED'], 'COMPLETED'],
		[['FAILED', 'FAILED'], 'FAILED'],
	])('in the states %j are %s', (words, status) => {
		const rows = words.map((word) => read({ model_status: word, updated_at: 5 }));
		const [joined] = joinRows(rows);
		expect(joined).toMatchObject({ status });
		expect(joined?.failureReason === null).toBe(status !== 'FAILED');
		expect(joined?.endedAt).toBe(status === 'PENDING' ? null : 5000);
	});

	it('complete each other', () => {
		const late = read({ model_status: 'COMPLETED', latency_ms: 5, created_at: 10 });
		const later = read({ model_status: 'COMPLETED', credits_deduction: 3, model_name: 'kling' });
		expect(joinRows([late, later])).toMatchObject([
			{ model: 'kling', cost: 3, latencyMs: 5, createdAt: 10_000, endedAt: 10_005 },
		]);
	});
});
