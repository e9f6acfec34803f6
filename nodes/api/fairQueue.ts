/**
 * What a waiting request is for. The result of a finished job comes first: it ends an item, and expires. New work and
 * polls alternate, so that neither keeps the other from being done.
 */
export type Priority = 'collect' | 'work' | 'poll';

/** The waiting requests of one run. */
export class Lane<T> {
	/** How many of its requests are in flight. */
	inFlight = 0;
	private readonly waiting: Record<Priority, T[]> = { collect: [], work: [], poll: [] };
	private isPollNext = false;

	/** @param concurrency the maximum number of its requests in flight */
	constructor(readonly concurrency: number) {}

	get isEmpty(): boolean {
		return Object.values(this.waiting).every(({ length }) => length === 0);
	}

	add(entry: T, priority: Priority): void {
		this.waiting[priority].push(entry);
	}

	remove(entry: T): void {
		for (const entries of Object.values(this.waiting)) {
			const index = entries.indexOf(entry);
			if (index >= 0) entries.splice(index, 1);
		}
	}

	/** Takes out the next request; undefined if there is none, or too many are in flight. */
	take(): T | undefined {
		if (this.inFlight >= this.concurrency) return undefined;
		const { collect, work, poll } = this.waiting;
		if (collect.length) return collect.shift();
		const isPoll = this.isPollNext ? poll.length > 0 : work.length === 0;
		this.isPollNext = !isPoll;
		return (isPoll ? poll : work).shift();
	}

	all(): T[] {
		return Object.values(this.waiting).flat();
	}
}

/** The requests of several runs that wait for the same thing: runs take turns, so a short one never waits for a long one. */
export class FairQueue<T> {
	/** The lanes with waiting requests, in the order of their turns. */
	private readonly lanes = new Set<Lane<T>>();

	get isEmpty(): boolean {
		return this.lanes.size === 0;
	}

	add(lane: Lane<T>, entry: T, priority: Priority): void {
		lane.add(entry, priority);
		this.lanes.add(lane);
	}

	remove(lane: Lane<T>, entry: T): void {
		lane.remove(entry);
		if (lane.isEmpty) this.lanes.delete(lane);
	}

	/** Takes out the request whose turn it is; undefined if none may start. */
	take(): T | undefined {
		for (const lane of this.lanes) {
			const entry = lane.take();
			if (entry === undefined) continue;
			this.lanes.delete(lane);
			if (!lane.isEmpty) this.lanes.add(lane);
			return entry;
		}
		return undefined;
	}

	all(): T[] {
		return [...this.lanes].flatMap((lane) => lane.all());
	}
}
