import { inspect } from 'util';
import { KeyedState } from '../../nodes/api/keyedState';
import { startVirtualTime } from '../virtualTime';
import { sleepUntil, now } from '../../nodes/clock';

const KEY = 'SG_0123456789abcdef';
const MINUTE_MS = 60_000;

let time: ReturnType<typeof startVirtualTime>;

beforeEach(() => (time = startVirtualTime()));
afterEach(() => time.stop());

const later = async (minutes: number) => await sleepUntil(now() + minutes * MINUTE_MS);

it('gives the same state for the same names, and another one for others', () => {
	const states = new KeyedState(() => ({}));
	const state = states.of('https://a', KEY);
	expect(states.of('https://a', KEY)).toBe(state);
	const others = [
		states.of('https://b', KEY),
		states.of('https://a', `${KEY}0`),
		states.of('https://a', KEY, 'flux'),
		// Joined, these would be the same.
		states.of('https://', `a${KEY}`),
		states.of(`https://a${KEY}`),
		states.of(`https://a","${KEY}`),
	];
	expect(new Set([state, ...others]).size).toBe(7);
});

it('forgets a state after ten idle minutes', async () => {
	const states = new KeyedState(() => ({}));
	const state = states.of('a');
	await later(9.9);
	expect(states.of('a')).toBe(state);
	await later(9.9);
	expect(states.of('a')).toBe(state);
	await later(10);
	states.of('b');
	expect(states.size).toBe(1);
	expect(states.of('a')).not.toBe(state);
});

it('keeps a state in use', async () => {
	const busy = new Set<object>();
	const states = new KeyedState(
		() => ({}),
		(state) => busy.has(state),
	);
	const state = states.of('a');
	busy.add(state);
	states.of('b');
	await later(30);
	states.of('c');
	expect(states.size).toBe(2);
	expect(states.of('a')).toBe(state);
});

it('keeps no name', () => {
	const states = new KeyedState(() => 0);
	states.of('https://api.segmind.com', KEY, 'a-secret-model');
	const kept = inspect(states, { depth: null, showHidden: true });
	for (const name of [KEY, KEY.slice(3), 'segmind.com', 'a-secret-model']) {
		expect(kept).not.toContain(name);
	}
});
