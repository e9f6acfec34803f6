import { letOthersRun, ticks } from '../clock';
import { Semaphore } from './semaphore';

/** A computation that may be interrupted wherever it yields: at least every few hundred values. */
export type Steps<T> = Generator<unknown, T>;

/** The longest that one piece of work holds n8n's event loop, in real milliseconds. */
const MAX_SLICE_MS = 10;

/** All long work of the process: two slices in the same turn of the loop would add up. */
const longWork = new Semaphore(1);

/** Runs a computation in slices, between which n8n's event loop serves everything else. Throws what it throws. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
	const first = steps.next();
	// Most answers are read in one step.
	if (first.done) return first.value;
	return await longWork.use(async () => {
		for (;;) {
			const step = nextSlice(steps);
			// After the last slice too: another work's first one must not follow in the same turn.
			await letOthersRun();
			if (step.done) return step.value;
		}
	});
}

function nextSlice<T>(steps: Steps<T>): IteratorResult<unknown, T> {
	const until = ticks() + MAX_SLICE_MS;
	for (;;) {
		const step = steps.next();
		if (step.done || ticks() >= until) return step;
	}
}

/** For a long loop, which calls the returned function between its rounds: it waits where a slice is over. */
export function pauses(): () => Promise<void> {
	let until = ticks() + MAX_SLICE_MS;
	return async () => {
		if (ticks() < until) return;
		await letOthersRun();
		until = ticks() + MAX_SLICE_MS;
	};
}

/** How much is computed per step: this many values, or the reading of a text of several times that length. */
const STEP = 500;
const TEXT_PER_VALUE = 100;

/** Counts the work of a computation; `isDue` tells it when to yield. */
export class Pace {
	private done = 0;

	/** Counts one value; a long text counts as several. */
	isDue(value?: unknown): boolean {
		this.done += typeof value === 'string' ? 1 + value.length / TEXT_PER_VALUE : 1;
		if (this.done < STEP) return false;
		this.done = 0;
		return true;
	}
}
