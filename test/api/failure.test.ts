import { ApplicationError, NodeOperationError, UserError } from 'n8n-workflow';
import { anyNode } from '../anyNode';
import { asFailure, failureWithoutKey, SegmindFailure, withoutKey } from '../../nodes/api/failure';

const SAMPLE = 'SG_0123456789abcdef';
describe('asFailure', () => {
	it('returns a failure unchanged', () => {
		const failure = new SegmindFailure('x', { requestId: 'r' });
		expect(asFailure(failure)).toBe(failure);
	});

	it.each<[thrown: unknown, message: string, description: string | undefined]>([
		[new TypeError('x is not a function'), 'x is not a function', undefined],
		[new NodeOperationError(anyNode, 'no file', { description: 'add one' }), 'no file', 'add one'],
		['gone', 'gone', undefined],
		[undefined, 'undefined', undefined],
		[null, 'null', undefined],
	])('converts %p to a failure', (thrown, message, description) => {
		const failure = asFailure(thrown);
		expect([failure.message, failure.details.description]).toEqual([message, description]);
		expect(failure.cause).toBe(thrown);
	});

	it.each<[what: string, thrown: unknown, unexpected: boolean | undefined]>([
		['a bug', new TypeError('x is not a function'), true],
		['a text', 'gone', true],
		['nothing', undefined, true],
		['an error for the user of a node', new NodeOperationError(anyNode, 'no file'), undefined],
		['an error of n8n’s own', new UserError('no such binary'), undefined],
		['an older one of n8n’s own', new ApplicationError('no such binary'), undefined],
	])('marks %s as unexpected: %#', (_what, thrown, unexpected) => {
		expect(asFailure(thrown).details.unexpected).toBe(unexpected);
	});

	it('does not quote a whole file contained in a bug’s message', () => {
		const { message, cause } = asFailure(new Error('x'.repeat(100_000)));
		expect(message).toBe(`${'x'.repeat(300)}…`);
		expect((cause as Error).message).toHaveLength(100_000);
	});
});

it('has no cause by default', async () => {
	expect('cause' in new SegmindFailure('x')).toBe(false);
	const cause = new Error('beneath');
	expect(new SegmindFailure('x', {}, cause).cause).toBe(cause);
	const { cause: kept } = await failureWithoutKey(new SegmindFailure('x', {}, cause), SAMPLE);
	expect(kept).toBe(cause);
});

it.each<[apiKey: string, text: string, clean: string]>([
	[SAMPLE, `at send (${SAMPLE})`, 'at send ([API key])'],
	// Any word may hold a short text that someone typed in the key's place.
	['key', 'the key has expired', 'the key has expired'],
	['12345678', '12345678', '[API key]'],
	['1234567', '1234567', '1234567'],
])('withoutKey removes %s from %j', (apiKey, text, clean) => {
	expect(withoutKey(text, apiKey)).toBe(clean);
});

describe('failureWithoutKey', () => {
	it.each<[apiKey: string, text: string, clean: string]>([
		[SAMPLE, `key ${SAMPLE} refused`, 'key [API key] refused'],
		[SAMPLE, `${SAMPLE} and ${SAMPLE}`, '[API key] and [API key]'],
		['my.own+key', 'key my.own+key refused', 'key [API key] refused'],
		// Keys of others, and the run's own when the credential was never read.
		['', `key ${SAMPLE} refused`, 'key [API key] refused'],
		[SAMPLE, 'key sg_FEDCBA9876543210 refused', 'key [API key] refused'],
		['', 'nothing to hide', 'nothing to hide'],
		// No key, but what someone typed in its place.
		['x', 'the key has expired', 'the key has expired'],
	])('%s: %s', async (apiKey, text, clean) => {
		const failure = new SegmindFailure(text, {
			description: text,
			failureReason: text,
			httpStatus: 400,
			mayBeBilled: true,
			rawResponse: { answer: [text], [text]: 1 },
		});
		const { message, details } = await failureWithoutKey(failure, apiKey);
		expect({ message, ...details }).toEqual({
			message: clean,
			description: clean,
			failureReason: clean,
			httpStatus: 400,
			mayBeBilled: true,
			rawResponse: { answer: [clean], [clean]: 1 },
		});
	});
});
