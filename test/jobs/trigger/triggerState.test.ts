import {
	afterPoll,
	clockTime,
	firstState,
	emittedBefore,
	lowerBound,
	readState,
	withSettings,
} from '../../../nodes/jobs/trigger/triggerState';

const HOUR = 3600_000;
const START = Date.UTC(2026, 10, 21);
const first = firstState('s', START);

it.each<[what: string, sinceMark: number, now: number, bound: number]>([
	['right after the activation', 0, START, START],
	['in the first day', 20, START + 20 * HOUR, START],
	['later', 100, START + 100 * HOUR, START + 74 * HOUR],
	['after a pause of a day', 100, START + 124 * HOUR, START + 74 * HOUR],
	['after a pause of weeks', 100, START + 600 * HOUR, START + (600 - 168) * HOUR],
])('gives what ended after the right time: %s', (_what, hours, now, bound) => {
	expect(lowerBound({ ...first, mark: START + hours * HOUR }, now)).toBe(bound);
});

it('remembers what it gave, and for 28 hours', () => {
	const one = { requestId: '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10', time: START + 30 * 60_000 };
	let state = afterPoll(first, { now: START + HOUR, mark: START + HOUR, emitted: [one] });
	expect(emittedBefore(state)(one.requestId)).toBe(true);
	expect(emittedBefore(state)('8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d11')).toBe(false);
	state = afterPoll(state, { now: START + 28 * HOUR, mark: START + 28 * HOUR, emitted: [] });
	expect(emittedBefore(state)(one.requestId)).toBe(true);
	state = afterPoll(state, { now: START + 30 * HOUR, mark: START + 30 * HOUR, emitted: [] });
	expect(state.given).toEqual({});
});

it('keeps what it gave for as long as the mark stands', () => {
	const state = afterPoll(first, { now: START, emitted: [{ requestId: 'r', time: START }] });
	const later = afterPoll(state, { now: START + 100 * HOUR, mark: START, emitted: [] });
	expect(emittedBefore(later)('r')).toBe(true);
});

it('stays below 400 kB at 5000 requests a day', () => {
	let state = first;
	const perHour = Math.ceil(5000 / 24);
	let number = 0;
	for (let hour = 1; hour <= 7 * 24; hour++) {
		const now = START + hour * HOUR;
		const emitted = Array.from({ length: perHour }, () => ({
			requestId: `8b3c5b6e-2a57-4f0f-9a55-${String(number++).padStart(12, '0')}`,
			time: now - 1000,
		}));
		state = afterPoll(state, { now, mark: now, emitted });
	}
	const size = Buffer.byteLength(JSON.stringify(state));
	expect(size).toBeLessThan(400_000);
	expect(size).toBeGreaterThan(26 * perHour * 8);
});

it('is read back from what n8n stored', () => {
	const emitted = [{ requestId: 'r', time: START }];
	const state = afterPoll(first, { now: START, emitted, total: { from: '2026-11-21', rows: 3 } });
	expect(readState(JSON.parse(JSON.stringify({ segmind: state })), START)).toEqual(state);
});

it.each([{}, { segmind: null }, { segmind: 'x' }, { segmind: { since: '1', mark: null } }])(
	'is not there in %j',
	(stored) => {
		expect(readState(stored, START)).toBeUndefined();
	},
);

describe('of damaged data', () => {
	const NOW = START + 5 * HOUR;
	const whole = {
		...first,
		mark: START + HOUR,
		wholeAt: START + HOUR,
		total: { from: '2026-11-21', rows: 3 },
		resume: { from: '2026-11-20', page: 2 },
		given: { '498888': 'abcdefgh' },
	};
	const ahead = NOW + 25 * HOUR;
	it.each<[what: string, damage: object, read: object]>([
		['nothing', {}, {}],
		['no beginning', { since: null }, { since: whole.mark }],
		['no mark', { mark: 'x' }, { mark: START }],
		['a beginning to come', { since: ahead }, { since: NOW }],
		['a mark to come', { mark: 1e300 }, { mark: NOW }],
		['a mark of a clock that is a little fast', { mark: NOW + HOUR }, { mark: NOW + HOUR }],
		['a mark below zero', { mark: -1 }, { mark: START }],
		['no time of the whole read', { wholeAt: 'x' }, { wholeAt: 0 }],
		['a whole read to come', { wholeAt: ahead }, { wholeAt: NOW }],
		['another total', { total: 5 }, { total: null }],
		['a total without rows', { total: { from: '2026-11-21' } }, { total: null }],
		['a text to go on with', { resume: 'x' }, { resume: null }],
		['a page 0', { resume: { from: '2026-11-20', page: 0 } }, { resume: null }],
		['a page without its day', { resume: { page: 2 } }, { resume: null }],
		['a list of what was given', { given: [7, null] }, { given: {} }],
		['a number as what was given', { given: { ...whole.given, '1': 7 } }, {}],
	])('takes what is left of it: %s', (_what, damage, read) => {
		const stored = JSON.parse(JSON.stringify({ segmind: { ...whole, ...damage } }));
		expect(readState(stored, NOW)).toEqual({ ...whole, ...read });
	});
});

it.each<[what: string, serverTime: number | null, time: number]>([
	['not told', null, START],
	['a little off', START - 20 * HOUR, START - 20 * HOUR],
	['of 1970', 0, START],
	['years ahead', START + 50_000 * HOUR, START],
])('believes a server’s time that can be right: %s', (_what, serverTime, time) => {
	expect(clockTime(serverTime, START)).toBe(time);
});

it('under other settings gives nothing that ended before', () => {
	const state = { ...first, mark: START + HOUR, total: { from: '', rows: 1 } };
	expect(withSettings(state, 's')).toBe(state);
	expect(withSettings(state, 't')).toMatchObject({
		settings: 't',
		since: START + HOUR,
		total: null,
	});
});
