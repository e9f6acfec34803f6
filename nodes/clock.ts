/**
 * Time as the whole package sees it, in milliseconds. Nothing else here reads a clock or sleeps, so a test can make hours
 * pass in seconds by raising `clock.speed` (virtual milliseconds per real one); in production it stays 1.
 */
export const clock = {
	speed: 1,
	/** With a fast clock, how long a connection may be silent in real milliseconds, if it may be in virtual ones. */
	patienceMs: 10_000,
};

const startedAt = Date.now();
const startedTicks = performance.now();

/** The longest delay of a timer; Node runs a longer one at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * The present moment, in milliseconds, for everything that is waited for or measured here. It only ever goes forward:
 * setting the machine's clock changes no timeout and no pause. What leaves the process, or came from elsewhere, is told in
 * `wallTime`.
 */
export function now(): number {
	return startedAt + (performance.now() - startedTicks) * clock.speed;
}

/** What the machine's calendar says, in milliseconds since 1970: for dates that are shown, kept or compared with a server's. */
export function wallTime(): number {
	return startedAt + (Date.now() - startedAt) * clock.speed;
}

/** The moment, as `now` counts, of a date on the calendar; one from the future counts as the present. */
export function momentOf(date: number): number {
	return now() - Math.max(0, wallTime() - date);
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

/** Waits until `time` or until the run is stopped, whichever comes first; the caller checks the signal afterwards. */
export async function sleepUntil(time: number, cancel?: AbortSignal): Promise<void> {
	// A timer of Node may fire a little early.
	for (let leftMs = time - now(); leftMs > 0 && !cancel?.aborted; leftMs = time - now()) {
		await sleep(leftMs, cancel);
	}
}

/** One timer long. */
async function sleep(durationMs: number, cancel?: AbortSignal): Promise<void> {
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
