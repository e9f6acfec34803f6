/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
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
