import { realNow, yieldToEventLoop } from '../clock';
import { Semaphore } from './semaphore';

/** A computation that may be interrupted wherever it yields: at least every few hundred values. */
export type Steps<T> = Generator<unknown, T>;

/** The longest that one slice of work blocks n8n's event loop, in real milliseconds. */
const MAX_SLICE_MS = 10;

/** Serialises all long work of the process: two slices in the same turn of the loop would add up. */
const longWork = new Semaphore(1);

/** Runs a computation in slices, between which n8n's event loop serves everything else. Throws what it throws. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
	const first = steps.next();
	// Most answers are read in one step.
	if (first.done) return first.value;
	return await longWork.use(async () => {
		for (;;) {
			const step = nextSlice(steps);
			// After the last slice too: the next computation's first one must not follow in the same turn.
			await yieldToEventLoop();
			if (step.done) return step.value;
		}
	});
}

/** Runs a computation that is known to be short without interruption. Throws what it throws. */
export function atOnce<T>(steps: Steps<T>): T {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}

function nextSlice<T>(steps: Steps<T>): IteratorResult<unknown, T> {
	const until = realNow() + MAX_SLICE_MS;
	for (;;) {
		const step = steps.next();
		if (step.done || realNow() >= until) return step;
	}
}

/** For a long loop, which calls the returned function in each round: it yields to the event loop when a slice is over. */
export function pauses(): () => Promise<void> {
	let until = realNow() + MAX_SLICE_MS;
	return async () => {
		if (realNow() < until) return;
		await yieldToEventLoop();
		until = realNow() + MAX_SLICE_MS;
	};
}

/** How much is computed per step: this many values, or the reading of a text of several times that length. */
const STEP = 500;
const TEXT_PER_VALUE = 100;

/** Counts the work of a computation; `isDue` tells it when to yield. */
export class Pace {
	private count = 0;

	/** Counts one value; a long text counts as several. */
	isDue(value?: unknown): boolean {
		this.count += typeof value === 'string' ? 1 + value.length / TEXT_PER_VALUE : 1;
		if (this.count < STEP) return false;
		this.count = 0;
		return true;
	}
}
