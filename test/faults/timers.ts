/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */

/** The package's only timers (see nodes/clock.ts), under the control of a test. */
export interface Timers {
	/** From here on no timer ends a wait: whatever still ends was ended by something else. */
	hold(): void;
	/** Ends all waits that are left, those to come too, as if hours had passed, and gives them the time to do harm. */
	hurry(): Promise<void>;
	/** Restores Node's timers. */
	release(): void;
}

/** Takes over `AbortSignal.timeout`, for this process. */
export function takeTimers(): Timers {
	const { timeout } = AbortSignal;
	const waiting = new Set<AbortController>();
	let isHeld = false;
	let isHurried = false;
	const end = (timer: AbortController) => {
		if (waiting.delete(timer)) timer.abort(new DOMException('The time is up', 'TimeoutError'));
	};
	AbortSignal.timeout = (ms) => {
		const timer = new AbortController();
		waiting.add(timer);
		// A held timer stays in the set: `hurry` ends it. A turn of the event loop is no wait.
		setTimeout(() => (isHeld && ms > 1) || end(timer), isHurried ? 0 : ms).unref();
		return timer.signal;
	};
	return {
		hold: () => void (isHeld = true),
		hurry: async () => {
			isHeld = false;
			isHurried = true;
			for (let turn = 0; turn < 20; turn++) {
				for (const timer of [...waiting]) end(timer);
				await new Promise((resolve) => setImmediate(resolve));
			}
		},
		release: () => void (AbortSignal.timeout = timeout),
	};
}
