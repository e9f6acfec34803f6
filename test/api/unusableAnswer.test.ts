import type { Metrics } from '../../nodes/api/metrics';
import type { Result } from '../../nodes/api/result';
import { unusableAnswer } from '../../nodes/api/unusableAnswer';

const metrics: Metrics = { cost: null, remaining_credits: null, inference_time: null };
const result = (more: Partial<Result>): Result => ({
	model: 'gpt-5',
	requestId: 'r',
	isJob: true,
	seed: null,
	metrics,
	files: [],
	text: null,
	data: null,
	raw: { a: 1 },
	...more,
});
const failure = (more: Partial<Result>) => unusableAnswer(result(more), 'No JSON', 'Try again.');

it('shows the answer that was paid for, and what to do', () => {
	const file = { contentType: null, fileName: null, fileSize: null, role: null };
	const files = [
		{ ...file, url: 'https://a.test/a.png' },
		{ ...file, url: null },
	];
	const { message, details } = failure({ text: ' Hello! ', files });
	expect(message).toBe('No JSON');
	expect(details).toMatchObject({
		status: 'FAILED',
		failureReason: 'No JSON',
		model: 'gpt-5',
		requestId: 'r',
		rawResponse: { a: 1 },
	});
	expect(details.description).toMatch(
		/The answer was: Hello! Its files: https:\/\/a.test\/a.png Try again. Request r$/,
	);
});

it.each<[cost: number | null, billed: string, mayBeBilled: boolean | undefined]>([
	[0.01, 'yes', true],
	[null, 'unknown', true],
	[0, 'no', undefined],
])('with a cost of %p it was billed: %s', (cost, billed, mayBeBilled) => {
	const { details } = failure({ metrics: { ...metrics, cost } });
	expect([details.billed, details.mayBeBilled]).toEqual([billed, mayBeBilled]);
});

it('a v1 answer is no job that can be collected', () => {
	const { details } = failure({ isJob: false });
	expect(details).not.toHaveProperty('requestId');
	expect(details.description).toContain('Request r');
});

it('cuts a long answer', () => {
	const { details } = failure({ text: 'a'.repeat(5_000) });
	expect(details.description).toMatch(/ a{2000}… Try again/);
});
