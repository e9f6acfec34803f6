import {
	jobDurationMs,
	metricsOfBody,
	metricsOfHeaders,
	NO_METRICS,
} from '../../nodes/api/metrics';

describe('the metrics of a finished job', () => {
	it.each<[what: string, body: Record<string, unknown>, metrics: object]>([
		[
			'numbers',
			{ metrics: { cost: 0.0412, remaining_credits: 12.5, inference_time: 2.1, total_time: 3 } },
			{ cost: 0.0412, remaining_credits: 12.5, inference_time: 2.1 },
		],
		[
			'numbers as text',
			{ metrics: { cost: '0.0412', remaining_credits: '12.5', inference_time: '2.1' } },
			{ cost: 0.0412, remaining_credits: 12.5, inference_time: 2.1 },
		],
		['a run that was free', { metrics: { cost: 0 } }, { ...NO_METRICS, cost: 0 }],
		['numbers beside the metrics', { cost: 1, inference_time: 2 }, NO_METRICS],
		['what is no number', { metrics: { cost: 'free', remaining_credits: null } }, NO_METRICS],
		['null', { metrics: null }, NO_METRICS],
		['a text', { metrics: 'none' }, NO_METRICS],
		['nothing', {}, NO_METRICS],
	])('%s', (_what, body, metrics) => expect(metricsOfBody(body)).toEqual(metrics));
});

it('reads the metrics of a v1 call from its headers', () => {
	const headers = {
		'x-cost': '0.00547',
		'x-remaining-credits': '41.13',
		'x-generation-time': '1.95',
	};
	expect(metricsOfHeaders(headers)).toEqual({
		cost: 0.00547,
		remaining_credits: 41.13,
		inference_time: 1.95,
	});
	expect(metricsOfHeaders({ 'x-cost': '-' })).toEqual(NO_METRICS);
});

it.each<[body: Record<string, unknown>, durationMs: number | undefined]>([
	[{ metrics: { total_time: 3.5 } }, 3_500],
	[{ metrics: { total_time: '3.5' } }, 3_500],
	// No model takes no time: the field was not filled in.
	[{ metrics: { total_time: 0 } }, undefined],
	[{ metrics: { inference_time: 3.5 } }, undefined],
	[{ metrics: null }, undefined],
	[{}, undefined],
])('reads the job duration from %j: %p ms', (body, durationMs) => {
	expect(jobDurationMs(body)).toBe(durationMs);
});
