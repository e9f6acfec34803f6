import { sleep } from 'n8n-workflow';

/**
 * Time as the whole package sees it, in milliseconds. Nothing else here reads Date.now() or sleeps, so a test can make
 * hours pass in seconds by raising `clock.speed` (virtual milliseconds per real one); in production it stays 1.
 */
export const clock = {
	speed: 1,
	/** With a fast clock, how long a connection may be silent in real milliseconds, if it may be in virtual ones. */
	patienceMs: 10_000,
};

const startedAt = Date.now();

/** How long a wait may go on after Stop was pressed before it notices. */
const SLICE_MS = 200;

/** The present moment, in milliseconds since 1970. */
export function now(): number {
	return startedAt + (Date.now() - startedAt) * clock.speed;
}

/** A duration in real milliseconds, for a timer that is not ours: at least one. */
export function realMs(durationMs: number): number {
	return Math.max(1, Math.ceil(durationMs / clock.speed));
}

/**
 * The longest silence allowed on a connection, in real milliseconds. The network does not run faster with a fast clock:
 * a time-out is never scaled below `patienceMs`, or a busy test machine would cut good answers off.
 */
export function socketMs(durationMs: number): number {
	return Math.max(realMs(durationMs), Math.min(durationMs, clock.patienceMs));
}

/**
 * Waits until `time` or until the run is stopped, whichever is first; the caller looks at the signal afterwards.
 * Sleeps in slices because the `sleep` of the oldest n8n supported cannot be interrupted.
 */
export async function sleepUntil(time: number, cancel?: AbortSignal): Promise<void> {
	for (let left = time - now(); left > 0 && !cancel?.aborted; left = time - now()) {
		await sleep(Math.min(realMs(left), SLICE_MS));
	}
}
