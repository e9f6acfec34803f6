import { spendOf, type SpendGroup, type SpentRequest } from '../../nodes/jobs/spend';

const request = (
	model: string | null,
	cost: number | null,
	day: string | null = '2026-11-20',
	status: SpentRequest['status'] = 'COMPLETED',
): SpentRequest => ({
	model,
	cost,
	status,
	createdAt: day === null ? null : Date.parse(`${day}T23:59:59Z`),
});

const requests = [
	request('kling', 0.1),
	request('flux', 0.2, '2026-11-21'),
	request('kling', 0.2),
	request('kling', 0, '2026-11-21', 'FAILED'),
	request('flux', null, '2026-11-21', 'PENDING'),
];

it.each<[groupBy: SpendGroup, rows: object[]]>([
	[
		'model',
		[
			{ model: 'kling', day: null, requests: 3, failed: 1, cost: 0.3 },
			{ model: 'flux', day: null, requests: 2, failed: 0, cost: 0.2 },
		],
	],
	[
		'day',
		[
			{ model: null, day: '2026-11-20', requests: 2, failed: 0, cost: 0.3 },
			{ model: null, day: '2026-11-21', requests: 3, failed: 1, cost: 0.2 },
		],
	],
	[
		'modelAndDay',
		[
			{ model: 'kling', day: '2026-11-20', requests: 2, failed: 0, cost: 0.3 },
			{ model: 'flux', day: '2026-11-21', requests: 2, failed: 0, cost: 0.2 },
			{ model: 'kling', day: '2026-11-21', requests: 1, failed: 1, cost: 0 },
		],
	],
])('adds up by %s', (groupBy, rows) => {
	expect(spendOf(requests, groupBy)).toEqual(rows);
});

it('keeps what it cannot place', () => {
	expect(spendOf([request(null, 1, null)], 'modelAndDay')).toEqual([
		{ model: null, day: null, requests: 1, failed: 0, cost: 1 },
	]);
});

it('has nothing to say of nothing', () => {
	expect(spendOf([], 'model')).toEqual([]);
});
