/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { inSlices, Pace, pauses, type Steps } from '../../nodes/api/slices';

/** By how much the time goes on, in milliseconds, whenever it is read: a slice of 10 ms is then ten steps. */
const STEP_MS = 1;

let time = 0;
beforeEach(() => jest.spyOn(performance, 'now').mockImplementation(() => (time += STEP_MS)));
afterEach(() => jest.restoreAllMocks());

/** Works for a number of steps; each notes its name. */
function* work(steps: number, name: string, log: string[]): Steps<string> {
	for (let step = 0; step < steps; step++) {
		log.push(name);
		yield;
	}
	return name;
}

/** Notes the loop's turns while something else runs. */
async function withTurns(log: string[], other: Promise<unknown>): Promise<void> {
	let isOver = false;
	const turn = () => {
		log.push('turn');
		if (!isOver) setImmediate(turn);
	};
	setImmediate(turn);
	await other.finally(() => (isOver = true));
}

/** Without repetitions. */
const order = (log: string[]) => log.filter((name, index) => name !== log[index - 1]);

it('finishes work of one step at once', async () => {
	const log: string[] = [];
	const result = inSlices(work(0, 'a', log)).then(() => log.push('done'));
	await Promise.resolve();
	await withTurns(log, result);
	expect(log[0]).toBe('done');
});

it('gives the event loop a turn after every slice', async () => {
	const log: string[] = [];
	await withTurns(log, inSlices(work(60, 'a', log)));
	expect(order(log).filter((name) => name === 'a').length).toBeGreaterThanOrEqual(6);
});

it('never lets slices of two works follow each other in the same turn', async () => {
	const log: string[] = [];
	const works = ['a', 'b', 'c'].map((name) => inSlices(work(25, name, log)));
	await withTurns(log, Promise.all(works));
	const [, slices = ''] = order(log).join(' ').split('a b c ');
	expect(slices).toMatch(/a turn a turn.* b turn b turn.* c turn c turn/);
	expect(slices).not.toMatch(/[abc] [abc]/);
});

it('passes on a failure, and goes on with the next work', async () => {
	const broken = function* (): Steps<void> {
		yield;
		throw new Error('broken');
	};
	await expect(inSlices(broken())).rejects.toThrow('broken');
	await expect(inSlices(work(15, 'a', []))).resolves.toBe('a');
});

it('a long loop pauses only where a slice is over', async () => {
	const log: string[] = [];
	const loop = async () => {
		const pause = pauses();
		for (let round = 0; round < 30; round++) {
			log.push('round');
			await pause();
		}
	};
	await withTurns(log, loop());
	const rounds = order(log).filter((name) => name === 'round');
	expect(rounds.length).toBeGreaterThanOrEqual(3);
	expect(log.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'round'));
});

it('a long text is as much work as many values', () => {
	const values = new Pace();
	let steps = 0;
	while (!values.isDue()) steps++;
	expect(steps).toBeGreaterThan(100);
	expect(new Pace().isDue('x'.repeat(100_000))).toBe(true);
});
