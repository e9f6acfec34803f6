import type { Engine } from './engine';

/** In real milliseconds. */
const PATIENCE_MS = 2_000;

/** Does a task that meets silent servers: the package gives them up soon. What is answered must not depend on that. */
export async function impatiently<T>(engine: Engine, task: () => Promise<T>): Promise<T> {
	const { clock } = engine.packageClock();
	const { patienceMs } = clock;
	clock.patienceMs = PATIENCE_MS;
	try {
		return await task();
	} finally {
		clock.patienceMs = patienceMs;
	}
}
