import { missingResult, type Expected } from '../../nodes/api/missingResult';
import type { Answer } from '../../nodes/api/request';
import {
	resultOfAnswer as resultOfAnswerInSteps,
	resultOfJob as resultOfJobInSteps,
	type Result,
} from '../../nodes/api/result';
import { atOnce } from './atOnce';

const resultOfAnswer = atOnce(resultOfAnswerInSteps);
const resultOfJob = atOnce(resultOfJobInSteps);

const URL = 'https://images.segmind.com/generations/0f9e/6f0a1b2c3d4e.jpeg';

const answer = (body: unknown, headers: Record<string, string> = {}): Answer => ({
	status: 200,
	headers,
	text: typeof body === 'string' ? body : JSON.stringify(body),
	json: typeof body === 'string' ? undefined : body,
	attempts: 1,
	waitMs: undefined,
});
const sync = (body: unknown, headers = {}) => resultOfAnswer(answer(body, headers), 'm', 7);
const job = (body: object): Result =>
	resultOfJob({ status: 'COMPLETED', body: { status: 'COMPLETED', ...body } }, 'r1', 'm', 7);

describe('when a file is expected', () => {
	it.each<[answer: unknown, says: RegExp]>([
		[{ status: 'failed', message: 'NSFW content detected' }, /NSFW content detected/],
		[{ images: [], nsfw: true }, /unsafe \(nsfw\)/],
		[{ error: 'refused' }, /refused/],
		[{ error: { message: 'refused' } }, /refused/],
		[{ detail: [{ loc: ['body', 'seed'], msg: 'no' }] }, /body\.seed: no/],
		[{ message: 'busy' }, /busy/],
		[{ reason: 'busy' }, /busy/],
		[{ success: false, reason: 'busy' }, /busy/],
		[{ output: JSON.stringify({ error: 'in a text' }) }, /in a text/],
		[{ output: { status: 'failed', message: 'inside' } }, /inside/],
		[{ output: 'I cannot draw that' }, /I cannot draw that/],
		[{}, /The answer was: \{\}/],
		[[], /The answer was: \[\]/],
		[{ output: null }, /The answer was: \{"output":null\}/],
		[{ output: [] }, /The answer was/],
		[{ output: '' }, /The answer was/],
		['upstream connect error', /upstream connect error/],
		[{ embedding: [0.1, 0.2] }, /The answer was: \{"embedding":\[0\.1,0\.2\]\}/],
	])('reports and quotes %j as missing', (body, says) => {
		const inJob = Array.isArray(body) || typeof body === 'string' ? { output: body } : body;
		for (const result of [sync(body), job(inJob as object)]) {
			const failure = missingResult(result, 'file');
			const { message = '', details } = failure ?? {};
			expect(message).toMatch(/^Segmind ended the run without a file/);
			if (Object.hasOwn(result.raw, 'headers')) expect(`${details?.description}`).toMatch(says);
			expect(details).toMatchObject({ model: 'm', status: 'FAILED', rawResponse: result.raw });
		}
	});

	it.each([
		[{ output: URL }],
		[{ image: URL, nsfw: [false] }],
		[{ images: [{ url: URL }], message: 'done' }],
		[{ error: null, video: { url: URL } }],
	])('accepts %j', (body) => {
		expect(missingResult(sync(body), 'file')).toBeUndefined();
		expect(missingResult(job(body), 'file')).toBeUndefined();
	});
});

describe('when any result is expected', () => {
	it.each<[body: object, isResult: boolean]>([
		[{ output: 'A fox' }, true],
		[{ text: 'A fox' }, true],
		[{ output: { embedding: [0.1] } }, true],
		[{ output: { label: 'fox', score: 0 } }, true],
		[{ output: 0 }, true],
		[{ output: false }, true],
		[{ output: [1, 2] }, true],
		[{ output: URL }, true],
		[{ output: { items: ['a'], message: 'ok' } }, true],
		[{ output: null }, false],
		[{ output: [] }, false],
		[{ output: {} }, false],
		[{ output: '' }, false],
		[{ output: ' \n' }, false],
		[{ output: [null, ''] }, false],
		[{ output: { error: 'x' } }, false],
		[{ output: { error: 'x', partial: [1] } }, false],
		[{ output: '{"error": "x"}' }, false],
		[{ output: { success: false, items: [1] } }, false],
		[{ output: { status: 'failed', items: [1] } }, false],
		[{ output: { nsfw: true, score: 1 } }, false],
		[{ output: { message: 'x' } }, false],
		[{ output: { detail: 'x' } }, false],
		[{ result: { error: 'x' } }, false],
		[{ response: { error: { message: 'x' } } }, false],
		[{ output: [{ error: 'x' }] }, false],
		[{ output: '[{"status": "failed"}]' }, false],
		[{ output: { data: { success: false, message: 'x' } } }, false],
		[{ output: { success: false, text: 'Blocked' } }, false],
		[{ output: { status: 'error', text: 'Overloaded' } }, false],
		[{ output: { statusCode: 400, title: 'Bad Request' } }, false],
		[{ output: { exception: 'OOM' } }, false],
		[{ output: { blocked: true } }, false],
		[{ output: { warning: 'safety filter', images: [] } }, false],
		[{ output: { title: 'A fox', type: 'story' } }, true],
		[{ output: { text: 'A fox', error: 0.02 } }, true],
		[{ output: { code: 200, items: [1] } }, true],
		[{ output: [{ error: 'x' }, { items: [1] }] }, true],
		[{ choices: [{ message: { content: '' } }] }, false],
		[{ choices: [{ message: { content: 'A fox' } }] }, true],
	])('%j: %p', (body, isResult) => {
		expect(missingResult(job(body), 'anything') === undefined).toBe(isResult);
	});
});

it('takes the answer null of a v1 call for none', () => {
	const ofNull = resultOfAnswer({ ...answer('null'), json: null }, 'm', 7);
	expect(missingResult(ofNull, 'anything')).toBeDefined();
});

it.each([
	[{ result: { error: 'unsafe' } }],
	[{ data: { message: 'unsafe' } }],
	[{ errors: { prompt: ['unsafe'] } }],
	[{ errorMessage: 'unsafe' }],
	[{ Message: 'unsafe' }],
])('gives the reason in %j', (body) => {
	expect(missingResult(sync(body), 'file')?.details.failureReason).toMatch(/unsafe$/);
});

describe('the billing information', () => {
	const told = (result: Result, promised: Expected = 'file') => {
		const { details } = missingResult(result, promised) ?? {};
		return [details?.mayBeBilled ?? false, details?.description] as const;
	};

	it.each<[headers: Record<string, string>, mayBeBilled: boolean, says: RegExp]>([
		[
			{ 'x-cost': '0.04' },
			true,
			/^It was billed: Segmind reported a cost of \$0\.04\. It was not repeated\./,
		],
		[{ 'x-cost': '0' }, false, /^Nothing was billed: Segmind reported a cost of \$0\./],
		[{}, true, /^It is not known whether it was billed.*Compare your balance.*not repeated/],
		[{ 'x-remaining-credits': '41.2' }, true, /^It is not known.*balance is now \$41\.2/],
	])('v1 with %j', (headers, mayBeBilled, says) => {
		const [may, description] = told(sync({}, { ...headers, 'x-request-id': 'r9' }));
		expect(may).toBe(mayBeBilled);
		expect(description).toMatch(says);
		expect(description).toMatch(/Request r9$/);
	});

	it('comes from a job’s metrics', () => {
		expect(told(job({ output: null, metrics: { cost: 0.04 } }))[1]).toMatch(/cost of \$0\.04/);
		expect(told(job({ output: null, metrics: { cost: 0 } }))[0]).toBe(false);
		expect(told(job({ output: null }))[0]).toBe(true);
	});
});

it('names the PixelFlow outputs without a file, and the files of the others', () => {
	const { raw } = job({});
	const missingOutputs = { ...job({ output: URL }), missingOutputs: ['"Film"'], raw };
	const failure = missingResult(missingOutputs, 'anything');
	expect(failure?.message).toBe('Segmind ended the run without a file in "Film"');
	expect(failure?.details.description).toContain(`Its other files: ${URL}`);
});

it('limits the length of the quoted answer', () => {
	const failure = missingResult(sync({ message: 'x'.repeat(100_000) }), 'file');
	expect(failure?.message.length).toBeLessThan(300);
	expect(failure?.details.description?.length).toBeLessThan(1_500);
});
