/** The ledger entry of each call of a run. */
export type Slots = Map<string, string>;

/** What is known of a ledger in this process: its active runs, since no run continues in another process. */
interface Ledgers {
	runs: Set<Slots>;
	/** Whether any key has more than one entry; only then are all entries searched. */
	hasNumbered: boolean;
}

const ledgers = new WeakMap<object, Ledgers>();

/** Separates a key from the number of its second and further entries; keys themselves do not contain it. */
const SEPARATOR = '#';

/** Call when a run begins. */
export function openSlots(entries: object): Slots {
	const slots: Slots = new Map();
	const known = ledgers.get(entries) ?? {
		runs: new Set(),
		hasNumbered: Object.keys(entries).some((slot) => slot.includes(SEPARATOR)),
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
	const taken = new Set([...(known?.runs ?? [])].map((otherSlots) => otherSlots.get(key)));
	const matchesKey = (slot: string) => slot === key || slot.startsWith(`${key}${SEPARATOR}`);
	const existing = known?.hasNumbered ? Object.keys(entries).filter(matchesKey) : [key];
	let slot =
		existing.find((candidate) => Object.hasOwn(entries, candidate) && !taken.has(candidate)) ?? key;
	for (let number = 2; taken.has(slot); number++) slot = `${key}${SEPARATOR}${number}`;
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
