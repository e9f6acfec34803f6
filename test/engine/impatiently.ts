import type { Engine } from './engine';

/**
 * Does a task that meets silent servers: the package gives them up soon. What is answered must not depend on that.
 * @param ms in real time; more where much goes on side by side
 */
export async function impatiently<T>(
	engine: Engine,
	task: () => Promise<T>,
	ms = 1_000,
): Promise<T> {
	const { clock } = engine.packageClock();
	const { patienceMs } = clock;
	clock.patienceMs = ms;
	try {
		return await task();
	} finally {
		clock.patienceMs = patienceMs;
	}
}
