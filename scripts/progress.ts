/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
import { Presets, SingleBar } from 'cli-progress';

const REFRESH_MS = 200;

/** Shows how many files are finished: a bar on a terminal, else a line for each. */
export class Progress {
	private readonly bar = process.stdout.isTTY
		? new SingleBar(
				{
					format: '{bar} {value} of {total} pictures, {duration_formatted}',
					hideCursor: true,
					clearOnComplete: false,
				},
				Presets.shades_classic,
			)
		: undefined;

	private readonly timer: NodeJS.Timeout;

	private total = 0;

	private shown = 0;

	/** Starts polling how many are done. */
	constructor(private readonly countDone: () => Promise<number>) {
		this.timer = setInterval(() => void this.refresh(), REFRESH_MS);
	}

	/** Increases the number of expected images. */
	expect(count: number): void {
		if (!count) return;
		if (this.total === 0) this.bar?.start(count, 0);
		this.total += count;
		this.bar?.setTotal(this.total);
	}

	/** Stops polling after a last refresh. */
	async stop(): Promise<void> {
		clearInterval(this.timer);
		await this.refresh();
		this.bar?.stop();
	}

	private async refresh(): Promise<void> {
		const done = await this.countDone();
		// A model may return more images than requested.
		if (done > this.total) this.expect(done - this.total);
		this.bar?.update(done);
		for (; this.shown < done; this.shown += 1) {
			if (!this.bar) console.log(`Picture ${this.shown + 1} of ${this.total} is there`);
		}
	}
}
