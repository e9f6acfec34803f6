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

/** The longest delay of a timer; Node runs a longer one at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The present moment, in milliseconds since 1970. */
export function now(): number {
	return startedAt + (Date.now() - startedAt) * clock.speed;
}

/** A duration in real milliseconds, for a timer that is not ours: at least one. */
export function realMs(durationMs: number): number {
	return Math.min(MAX_TIMER_MS, Math.max(1, Math.ceil(durationMs / clock.speed)));
}

/**
 * The longest silence allowed on a connection, in real milliseconds. The network does not run faster with a fast clock:
 * a timeout is never scaled below `patienceMs`, or a busy test machine would cut good answers off.
 */
export function socketMs(durationMs: number): number {
	return Math.max(realMs(durationMs), Math.min(durationMs, clock.patienceMs));
}

/**
 * Waits until `time` or until the run is stopped, whichever comes first; the caller checks the signal afterwards. The
 * duration is fixed when the wait begins: setting the machine's clock back does not lengthen it.
 */
export async function sleepUntil(time: number, cancel?: AbortSignal): Promise<void> {
	const durationMs = time - now();
	if (durationMs <= 0 || cancel?.aborted) return;
	// The one timer that n8n's lint rules allow and that Stop can interrupt: the `sleep` of n8n 2.8 takes no signal.
	const timer = AbortSignal.timeout(realMs(durationMs));
	await new Promise<void>((resolve) => {
		const wake = () => {
			timer.removeEventListener('abort', wake);
			cancel?.removeEventListener('abort', wake);
			resolve();
		};
		timer.addEventListener('abort', wake);
		cancel?.addEventListener('abort', wake);
	});
}
