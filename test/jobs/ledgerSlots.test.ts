import { claimSlot, closeSlots, openSlots } from '../../nodes/jobs/ledgerSlots';

it('a call has one entry for as long as its run lasts', () => {
	const entries = {};
	const run = openSlots(entries);
	expect([claimSlot(entries, run, 'a'), claimSlot(entries, run, 'a')]).toEqual(['a', 'a']);
	expect(claimSlot(entries, run, 'b')).toBe('b');
});

it('the same call of runs at once has an entry each', () => {
	const entries = {};
	const runs = [openSlots(entries), openSlots(entries), openSlots(entries)];
	expect(runs.map((run) => claimSlot(entries, run, 'a'))).toEqual(['a', 'a#2', 'a#3']);
});

it('goes on with what a finished run has left, and with nothing that is in use', () => {
	const entries: Record<string, object> = {};
	const [first, second] = [openSlots(entries), openSlots(entries)];
	for (const run of [first, second]) entries[claimSlot(entries, run, 'a')] = {};
	closeSlots(entries, second);
	const third = openSlots(entries);
	expect(claimSlot(entries, third, 'a')).toBe('a#2');
	closeSlots(entries, first);
	expect(claimSlot(entries, openSlots(entries), 'a')).toBe('a');
});

it('does not take the entry of a call whose key only begins alike', () => {
	const entries = { 'a#2': {}, ab: {} };
	const [one, other] = [openSlots(entries), openSlots(entries)];
	expect(claimSlot(entries, one, 'a')).toBe('a#2');
	expect(claimSlot(entries, other, 'a')).toBe('a');
});

it('tells when the last run has ended', () => {
	const entries = {};
	const [first, second] = [openSlots(entries), openSlots(entries)];
	expect([closeSlots(entries, first), closeSlots(entries, second)]).toEqual([false, true]);
	expect(closeSlots({}, first)).toBe(true);
});

it('ledgers do not know of each other', () => {
	const [one, other] = [{}, {}];
	const runs = [one, other].map((entries) => claimSlot(entries, openSlots(entries), 'a'));
	expect(runs).toEqual(['a', 'a']);
});
