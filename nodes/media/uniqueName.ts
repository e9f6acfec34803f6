import type { IExecuteFunctions } from 'n8n-workflow';

/** The key of the names in n8n's execution-wide context, where other nodes and loop iterations see them too. */
const CONTEXT_KEY = 'segmindFileNames';
/** No more names are remembered, since n8n saves the context with the execution. */
const MAX_NAMES = 5_000;

/** The names used in an execution, in lower case, since some file systems are case-insensitive. */
interface GivenNames {
	/** Each with the number for its next namesake. */
	next: Record<string, number>;
	/** Their count. */
	count: number;
	/** Counts the names assigned beyond the limit: they are numbered consecutively, so they are unique too. */
	beyond: number;
}

/**
 * The name itself or, if a file of this execution already has it, with the first free number appended: a node that
 * writes files by name would otherwise overwrite one of the two. Claimed at once, so that items processed concurrently
 * cannot both get it.
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

/** Releases the name of a file that was not stored. */
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

/** Prefixed, so that a file may have the name of a property of every object. */
function keyOf(name: string): string {
	return `n${name.toLowerCase()}`;
}

function numbered(name: string, number: number): string {
	const dot = name.lastIndexOf('.');
	return dot > 0 ? `${name.slice(0, dot)}-${number}${name.slice(dot)}` : `${name}-${number}`;
}
