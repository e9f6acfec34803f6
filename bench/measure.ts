/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { existsSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The time a piece of work took, in real milliseconds. */
export interface Taken<T> {
	value: T;
	wallMs: number;
	/** Of this process alone. */
	cpuMs: number;
}

/** Runs a piece of work and measures it. */
export async function taken<T>(work: () => Promise<T>): Promise<Taken<T>> {
	const startedAt = performance.now();
	const before = process.cpuUsage();
	const value = await work();
	const { user, system } = process.cpuUsage(before);
	return { value, wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
}

/** The main thread's own time at work is the first number, in nanoseconds. Source: Linux, Documentation/scheduler/sched-stats. */
const SCHEDULER = `/proc/self/task/${process.pid}/schedstat`;

/**
 * The CPU time of this process's main thread so far, in milliseconds: what other processes and its own threads for garbage
 * collection do at the same time is not in it. Where the system does not tell, that of all threads.
 */
function mainThreadMs(): number {
	// The call itself brings the scheduler's number up to date.
	const { user, system } = process.cpuUsage();
	if (!existsSync(SCHEDULER)) return (user + system) / 1000;
	return Number.parseInt(readFileSync(SCHEDULER, 'utf8'), 10) / 1e6;
}

/**
 * How long the event loop was held at most during a piece of work: the CPU time of its longest turn, in milliseconds. The
 * clock would count what the machine does besides.
 */
export async function longestTurn(work: () => unknown): Promise<number> {
	let longest = 0;
	let isOver = false;
	let before = mainThreadMs();
	const turns = new Promise<void>((resolve) => {
		const turn = () => {
			longest = Math.max(longest, mainThreadMs() - before);
			before = mainThreadMs();
			if (isOver) resolve();
			else setImmediate(turn);
		};
		setImmediate(turn);
	});
	await work();
	isOver = true;
	await turns;
	return longest;
}

/** Each heap measurement itself costs tens of milliseconds. */
const SAMPLE_MS = 500;

/** The peak of JavaScript heap bytes in use during a piece of work, above those before it. */
export async function peakHeap(work: () => Promise<unknown>): Promise<number> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const inUse = () => {
		collect();
		return process.memoryUsage().heapUsed;
	};
	const idle = inUse();
	let peak = idle;
	const watch = setInterval(() => (peak = Math.max(peak, inUse())), SAMPLE_MS);
	// Kept until the last measurement, since the items are part of what is measured.
	const value = await work().finally(() => clearInterval(watch));
	peak = Math.max(peak, inUse());
	return value === undefined ? NaN : peak - idle;
}

/** The median element by a number derived from each. */
export function middle<T>(things: readonly T[], numberOf: (thing: T) => number): T {
	const sorted = [...things].sort((one, other) => numberOf(one) - numberOf(other));
	return sorted[Math.floor(sorted.length / 2)] as T;
}
