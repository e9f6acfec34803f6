/**
 * The package's only clock, in milliseconds. Nothing else reads the time or sleeps, so a test can make hours pass in
 * seconds by raising `clock.speed` (virtual milliseconds per real one); in production it stays 1.
 */
export const clock = {
	speed: 1,
	/** Minimum timeout of a connection, in real milliseconds, however fast the clock. */
	minTimeoutMs: 10_000,
};

const startedAt = Date.now();
const startedMonotonic = performance.now();

/** Maximum delay of a timer; Node fires a longer one at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * The current monotonic time, in milliseconds, for all waiting and measuring. Setting the machine's clock affects no
 * timeout and no pause. Times that leave or enter the process are expressed in `wallTime`.
 */
export function now(): number {
	return startedAt + (performance.now() - startedMonotonic) * clock.speed;
}

/** The wall-clock time, in milliseconds since 1970: for dates that are shown, stored or compared with a server's. */
export function wallTime(): number {
	return startedAt + (Date.now() - startedAt) * clock.speed;
}

/** Converts a wall-clock time to the monotonic time of `now`; a future one counts as the present. */
export function toMonotonic(date: number): number {
	return now() - Math.max(0, wallTime() - date);
}

/** A duration in real milliseconds, at least one, for timers outside this module. */
export function realMs(durationMs: number): number {
	return Math.min(MAX_TIMER_MS, Math.max(1, Math.ceil(durationMs / clock.speed)));
}

/**
 * The timeout for silence on a connection, in whole real milliseconds. A fast clock does not speed up the network: timeouts
 * are never scaled below `minTimeoutMs`, or a busy test machine would cut off good answers.
 */
export function socketMs(durationMs: number): number {
	return Math.max(realMs(durationMs), Math.ceil(Math.min(durationMs, clock.minTimeoutMs)));
}

/** Waits until `time` or until the run is stopped, whichever comes first; the caller checks the signal afterwards. */
export async function sleepUntil(time: number, cancel?: AbortSignal): Promise<void> {
	// Node's timers may fire slightly early.
	for (let leftMs = time - now(); leftMs > 0 && !cancel?.aborted; leftMs = time - now()) {
		await sleep(leftMs, cancel);
	}
}

/** The real time in milliseconds, whatever the clock's speed: for measuring CPU work. */
export function realNow(): number {
	return performance.now();
}

/** Gives everything else that is waiting for the event loop its turn. */
export async function yieldToEventLoop(): Promise<void> {
	await sleep(0);
}

/** Sleeps for a single timer. */
async function sleep(durationMs: number, cancel?: AbortSignal): Promise<void> {
	// The only timer that n8n's lint rules allow and that Stop can interrupt: `sleep` in n8n 2.8 takes no signal.
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
