/** A stream of reproducible random numbers in [0, 1). */
export type Random = () => number;

/** The mulberry32 generator: small, fast and good enough for jitter and pictures. */
export function randomFrom(seed: number): Random {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A 32-bit number for a text (FNV-1a). */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return hash >>> 0;
}

/** `length` random hex characters. */
export function hex(random: Random, length: number): string {
	return Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
}

/** A UUID version 4. */
export function uuid(random: Random): string {
	const variant = '89ab'[Math.floor(random() * 4)];
	const tail = `${variant}${hex(random, 3)}-${hex(random, 12)}`;
	return `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${tail}`;
}

/** A whole number in [0, 2^32). */
export function seedNumber(random: Random): number {
	return Math.floor(random() * 2 ** 32);
}
