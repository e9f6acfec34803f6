/** The hint on how many items were reused; empty if none were. */
export function reusedHint(reused: number): string[] {
	if (!reused) return [];
	const items = reused === 1 ? 'One item was' : `${reused} items were`;
	return [`${items} reused from earlier requests and cost nothing`];
}
