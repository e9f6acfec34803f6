/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */

/** Time that runs `speed` times as fast as the real one. */
export class VirtualTime {
	private readonly startedAt = performance.now();

	private readonly timers = new Set<NodeJS.Timeout>();

	private readonly epoch: number;

	constructor(
		private readonly speed: number,
		private readonly clock?: () => number,
	) {
		this.epoch = clock ? clock() : Date.now();
	}

	/** Virtual milliseconds since the start. */
	now(): number {
		return this.clock
			? this.clock() - this.epoch
			: (performance.now() - this.startedAt) * this.speed;
	}

	/** The virtual date at `at` (milliseconds since the start). */
	date(at = this.now()): Date {
		return new Date(this.epoch + at);
	}

	/** Waits until `at` (virtual milliseconds since the start). */
	async until(at: number): Promise<void> {
		for (let left = at - this.now(); left > 0; left = at - this.now()) {
			await this.sleep(left);
		}
	}

	/** Waits that many virtual seconds. */
	async seconds(seconds: number): Promise<void> {
		if (seconds > 0) await this.until(this.now() + seconds * 1000);
	}

	/** Drops every wait: what waits is never resumed. */
	stop(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
	}

	private async sleep(virtualMs: number): Promise<void> {
		// A timer holds at most 2^31 ms; `until` goes on where this one ends.
		const realMs = Math.min(Math.max(virtualMs / this.speed, 0), 2 ** 31 - 1);
		await new Promise<void>((resolve) => {
			const timer = setTimeout(() => {
				this.timers.delete(timer);
				resolve();
			}, realMs);
			this.timers.add(timer);
		});
	}
}
