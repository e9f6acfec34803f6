import { createHash } from 'crypto';

import { now } from '../clock';

/** State that has not been used for this long is forgotten. */
const MAX_IDLE_MS = 10 * 60_000;

/** Stands in for names such as host and key in memory that outlives their execution. */
export function hashOfNames(...names: string[]): string {
	return createHash('sha256').update(JSON.stringify(names)).digest('base64');
}

/**
 * What all executions of the process share of one API key: a state for each set of names, such as host and key, created
 * at first use and forgotten when idle. The names are kept only as a hash, so no key outlives its execution here. n8n
 * loads a package once per process (twice for a while after an update), so workers do not share it.
 */
export class KeyedState<T> {
	/** Least recently used first. */
	private readonly entries = new Map<string, { state: T; usedAt: number }>();

	constructor(
		private readonly create: () => T,
		/** Whether a state is in use even if it is not looked up. */
		private readonly isBusy: (state: T) => boolean = () => false,
	) {}

	/** The state for these names; the same names always give the same one until it is forgotten. */
	of(...names: string[]): T {
		const usedAt = now();
		this.forgetIdle(usedAt);
		const id = hashOfNames(...names);
		const { state } = this.entries.get(id) ?? { state: this.create() };
		this.entries.delete(id);
		this.entries.set(id, { state, usedAt });
		return state;
	}

	/** How many states are kept. */
	get size(): number {
		return this.entries.size;
	}

	private forgetIdle(at: number): void {
		for (const [id, { state, usedAt }] of this.entries) {
			if (at - usedAt < MAX_IDLE_MS) return;
			if (!this.isBusy(state)) this.entries.delete(id);
		}
	}
}
