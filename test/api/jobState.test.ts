import { queuedJobOf, readJobState, type JobStatus } from '../../nodes/api/jobState';

const ID = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';
const URL = 'https://images.segmind.com/generations/0f9e/6f0a1b2c3d4e.jpeg';

describe('reads the state from the body, whatever the status code', () => {
	it.each<[why: string, httpStatus: number, body: object, status: JobStatus]>([
		['queued', 200, { status: 'QUEUED', request_id: ID, metrics: {} }, 'QUEUED'],
		['running', 200, { status: 'PROCESSING', request_id: ID, metrics: {} }, 'PROCESSING'],
		['done', 200, { status: 'COMPLETED', metrics: { cost: 0.04 } }, 'COMPLETED'],
		['in small letters', 200, { status: 'completed', output: URL }, 'COMPLETED'],
		['done, behind a wrong code', 422, { status: 'COMPLETED', output: URL }, 'COMPLETED'],
		['done, behind a server error', 500, { status: 'COMPLETED', output: URL }, 'COMPLETED'],
		['failed as documented', 422, { status: 'FAILED', error: 'x' }, 'FAILED'],
		['failed as in the SDK’s tests', 200, { status: 'FAILED', error: 'x' }, 'FAILED'],
		['failed, behind another code', 500, { status: 'FAILED', error: 'x' }, 'FAILED'],
		['failed, without the word', 422, { error: 'x' }, 'FAILED'],
		['done, without the word', 200, { output: URL }, 'COMPLETED'],
		['done with images only', 200, { images: [{ url: URL }] }, 'COMPLETED'],
		['done with a video only', 200, { video: { url: URL } }, 'COMPLETED'],
		['done with a sound only', 200, { audio: { url: URL } }, 'COMPLETED'],
		['done with an empty text', 200, { output: '' }, 'COMPLETED'],
		['a state never seen before', 200, { status: 'WARMING_UP' }, 'PROCESSING'],
		['another word for done', 200, { status: 'SUCCEEDED', output: URL }, 'COMPLETED'],
		['another word for done, in small letters', 200, { status: 'success' }, 'COMPLETED'],
		['cancelled', 200, { status: 'CANCELED' }, 'FAILED'],
		['an error', 422, { status: 'error', message: 'x' }, 'FAILED'],
		['timed out', 200, { status: 'timed out' }, 'FAILED'],
		['done, in another form of the word', 200, { status: 'task_succeeded' }, 'COMPLETED'],
		['done, with a full stop', 200, { status: 'Done.' }, 'COMPLETED'],
		['failed, in another form of the word', 200, { status: 'InternalServerError' }, 'FAILED'],
		['timed out, with a dash', 200, { status: 'time-out' }, 'FAILED'],
		['killed', 200, { status: 'KILLED' }, 'FAILED'],
		['refused for its content', 200, { status: 'content_filtered' }, 'FAILED'],
		['a state under another key', 200, { state: 'FAILED', error: 'x' }, 'FAILED'],
		['running, under another key', 200, { state: 'RUNNING', output: URL }, 'PROCESSING'],
		['not done yet', 200, { status: 'NOT_COMPLETED' }, 'PROCESSING'],
		['being cancelled', 200, { status: 'CANCELLING' }, 'PROCESSING'],
		['tried again', 200, { status: 'FAILED_RETRYING' }, 'PROCESSING'],
		['running, without an output yet', 200, { status: 'PROCESSING', output: null }, 'PROCESSING'],
	])('%s: %i %j', (_why, httpStatus, body, status) => {
		expect(readJobState(httpStatus, body)).toMatchObject({ status, body });
	});
});

describe('the result of a job that is known to be complete, without a state', () => {
	it.each([
		[{ video_url: URL }],
		[{ result: { url: URL } }],
		[{ data: [{ b64_json: 'x' }] }],
		[{ model_mesh: { url: URL } }],
		[{ choices: [{ message: { content: 'A fox' } }] }],
	])('%j', (body) => {
		expect(readJobState(200, body)).toBeUndefined();
		expect(readJobState(200, body, true)).toEqual({ status: 'COMPLETED', body });
	});

	it('may be a list', () => {
		const list = [{ url: URL }];
		expect(readJobState(200, list, true)?.body).toEqual({ output: list });
	});

	it.each([[{}], [[]], [{ error: 'x' }], [{ request_id: ID, metrics: {} }], [{ data: null }]])(
		'is not there yet: %j',
		(body) => expect(readJobState(200, body, true)).toBeUndefined(),
	);
});

describe('answers without a job state', () => {
	it.each<[why: string, httpStatus: number, body: unknown]>([
		['rate limit', 429, { error: 'rate_limit_exceeded' }],
		['rate limit that repeats a state', 429, { status: 'PROCESSING' }],
		['server error', 503, { status: 'error', message: 'overloaded' }],
		['gone', 404, { error: `Request ${ID} not found` }],
		['bad key', 401, { error: 'Unauthorized' }],
		['a page', 502, undefined],
		['broken JSON', 200, undefined],
		['nothing', 200, {}],
		['no output yet and no state', 200, { output: null, images: null }],
		['a list', 200, [{ status: 'COMPLETED' }]],
		['a text', 200, 'COMPLETED'],
		['null', 200, null],
		['a code as status', 200, { status: 401, error: 'invalid_api_key' }],
	])('%s: %i %j', (_why, httpStatus, body) => {
		expect(readJobState(httpStatus, body)).toBeUndefined();
	});
});

describe('the failure reason', () => {
	it.each<[body: object, reason: string]>([
		[{ error: 'Prompt is required' }, 'Prompt is required'],
		[{ error: { message: 'bad image', code: 'E1' } }, 'bad image'],
		[{ error_message: { node: 'n1', message: 'no face found' } }, 'no face found'],
		[{ detail: 'seed too large' }, 'seed too large'],
		[{ error: null }, 'Segmind gave no reason'],
		[{}, 'Segmind gave no reason'],
		[{ message: 'NSFW content detected' }, 'NSFW content detected'],
		[{ output: { message: 'inside' } }, 'inside'],
		[{ error: '{"message": "in a text"}' }, 'in a text'],
		// The prompt and other texts of the body are no reason.
		[{ message: 'Request processed', output: 'x' }, 'Segmind gave no reason'],
	])('%j: %s', (body, reason) => {
		expect(readJobState(422, { status: 'FAILED', ...body })?.failureReason).toBe(reason);
	});
});

describe('queuedJobOf', () => {
	it.each<[body: unknown, job: string | undefined]>([
		[{ status: 'QUEUED', request_id: ID }, ID],
		[{ status: ' processing', request_id: ID, output: null, poll_url: 'https://x' }, ID],
		// What is there of an output is not yet the result.
		[{ status: 'QUEUED', request_id: ID, output: [] }, ID],
		[{ status: 'PROCESSING', request_id: ID, output: { progress: 0.1 } }, ID],
		// Other words for the same.
		...[
			'pending',
			'IN_QUEUE',
			'in progress',
			'running',
			'TASK_QUEUED',
			'starting',
			'warming-up',
		].map((status): [object, string] => [{ status, request_id: ID }, ID]),
		[{ state: 'queued', request_id: ID }, ID],
		// The 32 digits of older endpoints.
		[
			{ status: 'QUEUED', request_id: '4f7471d8ac431cffe0468dc487b5d354' },
			'4f7471d8ac431cffe0468dc487b5d354',
		],
		// Results, and words that only may mean a job under way.
		[{ status: 'COMPLETED', request_id: ID }, undefined],
		[{ status: 'ok', request_id: ID }, undefined],
		[{ request_id: ID }, undefined],
		[{ status: 'SUCCEEDED', request_id: ID, output: [] }, undefined],
		[{ status: 'FAILED', request_id: ID }, undefined],
		// Nothing that a job could be collected with.
		[{ status: 'QUEUED' }, undefined],
		[{ status: 'QUEUED', request_id: '../../v1/keys' }, undefined],
		[{ status: 'QUEUED', request_id: 5 }, undefined],
		['QUEUED', undefined],
		[['QUEUED'], undefined],
		[null, undefined],
		[undefined, undefined],
	])('of %j is %p', (body, job) => {
		expect(queuedJobOf(body)).toBe(job);
	});
});
