/** The ledger entry of each call of a run. */
export type Slots = Map<string, string>;

/** The active runs of each ledger, in this process: no run continues in another one. */
const activeRuns = new WeakMap<object, Set<Slots>>();

/** Call when a run begins. */
export function openSlots(entries: object): Slots {
	const slots: Slots = new Map();
	activeRuns.set(entries, (activeRuns.get(entries) ?? new Set()).add(slots));
	return slots;
}

/**
 * Reserves a call's entry for the duration of its run: the entry for its key, unless another active run holds it. So an
 * agent that makes two identical tool calls at once gets, and pays for, two results; one that repeats a failed call
 * continues it.
 */
export function claimSlot(entries: object, slots: Slots, key: string): string {
	const claimed = slots.get(key);
	if (claimed !== undefined) return claimed;
	const taken = new Set([...(activeRuns.get(entries) ?? [])].map((other) => other.get(key)));
	const matchesKey = (slot: string) => slot === key || slot.startsWith(`${key}#`);
	const left = Object.keys(entries).find((slot) => matchesKey(slot) && !taken.has(slot));
	let slot = left ?? key;
	for (let n = 2; taken.has(slot); n++) slot = `${key}#${n}`;
	slots.set(key, slot);
	return slot;
}

/** Call when a run has ended; returns whether it was the last active one. */
export function closeSlots(entries: object, slots: Slots): boolean {
	const runs = activeRuns.get(entries);
	runs?.delete(slots);
	return !runs?.size;
}
