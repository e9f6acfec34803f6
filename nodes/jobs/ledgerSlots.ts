/** Which entry of the ledger each call of a run has. */
export type Slots = Map<string, string>;

/** The runs under way of each ledger. Of this process: nobody goes on with a run of another one. */
const underWay = new WeakMap<object, Set<Slots>>();

/** To be called when a run begins. */
export function openSlots(entries: object): Slots {
	const slots: Slots = new Map();
	underWay.set(entries, (underWay.get(entries) ?? new Set()).add(slots));
	return slots;
}

/**
 * The entry of a call for as long as its run lasts: the one of its key, unless another run under way has that. So an
 * agent that calls its tool twice at once with the same words gets, and pays, two results; one that asks again after a
 * failed call goes on with that.
 */
export function claimSlot(entries: object, slots: Slots, key: string): string {
	const claimed = slots.get(key);
	if (claimed !== undefined) return claimed;
	const taken = new Set([...(underWay.get(entries) ?? [])].map((other) => other.get(key)));
	const mine = (slot: string) => slot === key || slot.startsWith(`${key}#`);
	const left = Object.keys(entries).find((slot) => mine(slot) && !taken.has(slot));
	let slot = left ?? key;
	for (let n = 2; taken.has(slot); n++) slot = `${key}#${n}`;
	slots.set(key, slot);
	return slot;
}

/** To be called when a run has ended; returns whether it was the last one under way. */
export function closeSlots(entries: object, slots: Slots): boolean {
	const runs = underWay.get(entries);
	runs?.delete(slots);
	return !runs?.size;
}
