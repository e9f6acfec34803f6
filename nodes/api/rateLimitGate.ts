import { now, sleepUntil } from '../clock';

/** Spreads the requests that waited for the same moment, so that they do not arrive as one burst. */
const JITTER_MS = 250;

/** One gate per run: when one request is told to wait, all wait. */
export class RateLimitGate {
	private opensAt = 0;

	/** Waits until requests may be sent again, or the run is stopped. */
	async pass(cancel: AbortSignal | undefined, random: () => number = Math.random): Promise<void> {
		while (this.opensAt > now() && !cancel?.aborted) {
			await sleepUntil(this.opensAt + random() * JITTER_MS, cancel);
		}
	}

	/** Closes the gate for all requests of the run. */
	closeFor(waitMs: number): void {
		this.opensAt = Math.max(this.opensAt, now() + waitMs);
	}
}
