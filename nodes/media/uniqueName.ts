import type { IExecuteFunctions } from 'n8n-workflow';

/** Under which key of n8n's execution-wide context the names are kept: other nodes and turns of a loop see them, too. */
const CONTEXT_KEY = 'segmindFileNames';
/** More names are not remembered: n8n saves the context with the execution. */
const MAX_NAMES = 5_000;

/** The names given out in an execution, in lower case, since some file systems know no capitals. */
interface GivenNames {
	/** Each with the number that its next namesake gets. */
	next: Record<string, number>;
	/** How many those are. */
	count: number;
	/** Names given out when there was no more room: they are numbered through, and so differ as well. */
	beyond: number;
}

/**
 * The name, or with the first number that makes it one that no file of this execution has: a node that writes files by
 * their names would overwrite one of the two. Claimed at once, so that items worked on side by side cannot both have it.
 */
export function claimName(context: IExecuteFunctions, wanted: string): string {
	const given = namesOf(context);
	const key = keyOf(wanted);
	if (given.next[key] === undefined) return claim(given, wanted);
	for (let number = given.next[key]; ; number++) {
		const name = numbered(wanted, number);
		if (given.next[keyOf(name)] !== undefined) continue;
		given.next[key] = number + 1;
		return claim(given, name);
	}
}

/** Gives a name back whose file was not stored. */
export function releaseName(context: IExecuteFunctions, name: string): void {
	const given = namesOf(context);
	if (given.next[keyOf(name)] === undefined) return;
	delete given.next[keyOf(name)];
	given.count--;
}

function claim(given: GivenNames, name: string): string {
	if (given.count < MAX_NAMES) {
		given.count++;
		given.next[keyOf(name)] = 2;
		return name;
	}
	given.beyond++;
	return numbered(name, MAX_NAMES + given.beyond);
}

function namesOf(context: IExecuteFunctions): GivenNames {
	return (context.getContext('flow')[CONTEXT_KEY] ??= {
		next: {},
		count: 0,
		beyond: 0,
	}) as GivenNames;
}

/** With a letter in front, so that a file may be called like something that every object has. */
function keyOf(name: string): string {
	return `n${name.toLowerCase()}`;
}

function numbered(name: string, number: number): string {
	const dot = name.lastIndexOf('.');
	return dot > 0 ? `${name.slice(0, dot)}-${number}${name.slice(dot)}` : `${name}-${number}`;
}
