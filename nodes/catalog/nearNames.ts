import { editDistance } from './editDistance';

/** Limits the cost of the comparison, which grows with the product of both lengths; no real name is longer. */
const MAX_LENGTH = 100;

/**
 * Up to `limit` known names that `name` most likely refers to, likeliest first. Ignores case and separators; empty if
 * nothing is close.
 */
export function nearNames(name: string, known: Iterable<string>, limit: number): string[] {
	const target = normalized(name.slice(0, MAX_LENGTH));
	if (!target) return [];
	return [...new Set(known)]
		.map((candidate) => ({
			candidate,
			distance: distance(target, normalized(candidate.slice(0, MAX_LENGTH))),
		}))
		.filter(({ distance: edits }) => edits <= Math.max(1, target.length / 3))
		.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
		.slice(0, limit)
		.map(({ candidate }) => candidate);
}

function normalized(text: string): string {
	return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A quarter point per missing letter if one name contains the other, else the edit distance. */
function distance(a: string, b: string): number {
	const edits = editDistance(a, b);
	const [short, long] = a.length < b.length ? [a, b] : [b, a];
	const isContained = short.length >= 3 && long.includes(short);
	return isContained ? Math.min(edits, (long.length - short.length) / 4) : edits;
}
