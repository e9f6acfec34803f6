import type { Engine } from './engine';

/**
 * Runs a task that meets silent servers, with short timeouts. The task's result must not depend on them.
 * @param ms in real time; larger where much runs concurrently
 */
export async function impatiently<T>(
	engine: Engine,
	task: () => Promise<T>,
	ms = 1_000,
): Promise<T> {
	const { clock } = engine.packageClock();
	const { minTimeoutMs } = clock;
	clock.minTimeoutMs = ms;
	try {
		return await task();
	} finally {
		clock.minTimeoutMs = minTimeoutMs;
	}
}
