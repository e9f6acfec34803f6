/** The ledger entry of each call of a run. */
export type Slots = Map<string, string>;

/** What is known of a ledger in this process: its active runs, since no run continues in another process. */
interface Ledgers {
	runs: Set<Slots>;
	/** Whether any key has more than one entry; only then all of them are searched. */
	hasNumbered: boolean;
}

const ledgers = new WeakMap<object, Ledgers>();

/** Between a key and the number of its second and further entries; keys themselves hold none. */
const MARK = '#';

/** Call when a run begins. */
export function openSlots(entries: object): Slots {
	const slots: Slots = new Map();
	const known = ledgers.get(entries) ?? {
		runs: new Set(),
		hasNumbered: Object.keys(entries).some((slot) => slot.includes(MARK)),
	};
	known.runs.add(slots);
	ledgers.set(entries, known);
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
	const known = ledgers.get(entries);
	const taken = new Set([...(known?.runs ?? [])].map((other) => other.get(key)));
	const matchesKey = (slot: string) => slot === key || slot.startsWith(`${key}${MARK}`);
	const existing = known?.hasNumbered ? Object.keys(entries).filter(matchesKey) : [key];
	let slot = existing.find((one) => Object.hasOwn(entries, one) && !taken.has(one)) ?? key;
	for (let n = 2; taken.has(slot); n++) slot = `${key}${MARK}${n}`;
	if (known && slot !== key) known.hasNumbered = true;
	slots.set(key, slot);
	return slot;
}

/** Call when a run has ended; returns whether it was the last active one. */
export function closeSlots(entries: object, slots: Slots): boolean {
	const runs = ledgers.get(entries)?.runs;
	runs?.delete(slots);
	return !runs?.size;
}
