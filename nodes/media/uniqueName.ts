import type { IExecuteFunctions } from 'n8n-workflow';

/** The key of the names in n8n's execution-wide context, where other nodes and loop iterations see them too. */
const CONTEXT_KEY = 'segmindFileNames';
/** Maximum number of names remembered, since n8n saves the context with the execution. */
const MAX_NAMES = 5_000;

/** The names used in an execution, in lower case, since some file systems are case-insensitive. Saved as it is. */
interface UsedNames {
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
export function claimName(context: IExecuteFunctions, preferred: string): string {
	const used = namesOf(context);
	const key = keyOf(preferred);
	if (used.next[key] === undefined) return register(used, preferred);
	for (let number = used.next[key]; ; number++) {
		const name = numbered(preferred, number);
		if (used.next[keyOf(name)] !== undefined) continue;
		used.next[key] = number + 1;
		return register(used, name);
	}
}

/** Releases the name of a file that was not stored. */
export function releaseName(context: IExecuteFunctions, name: string): void {
	const used = namesOf(context);
	if (used.next[keyOf(name)] === undefined) return;
	delete used.next[keyOf(name)];
	used.count--;
}

function register(used: UsedNames, name: string): string {
	if (used.count < MAX_NAMES) {
		used.count++;
		used.next[keyOf(name)] = 2;
		return name;
	}
	used.beyond++;
	return numbered(name, MAX_NAMES + used.beyond);
}

function namesOf(context: IExecuteFunctions): UsedNames {
	return (context.getContext('flow')[CONTEXT_KEY] ??= {
		next: {},
		count: 0,
		beyond: 0,
	}) as UsedNames;
}

/** Prefixed, so that a file may be called like a property that every object has. */
function keyOf(name: string): string {
	return `n${name.toLowerCase()}`;
}

function numbered(name: string, number: number): string {
	const dot = name.lastIndexOf('.');
	return dot > 0 ? `${name.slice(0, dot)}-${number}${name.slice(dot)}` : `${name}-${number}`;
}
