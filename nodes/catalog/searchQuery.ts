import { editDistance } from './editDistance';
import { purposeWords, readPurposes } from './purposes';
import { canonical } from './searchText';

export type Order = 'price' | 'seconds';

/** A parsed query from the search box of the model list. */
export interface SearchQuery {
	/** The whole query, normalised for comparison. */
	text: string;
	/** Patterns of the models for the named purposes. */
	purposes: RegExp[];
	/** The words outside the purposes; each must match. */
	words: string[];
	/** All words including those of the purposes, which may also be part of a name. */
	allWords: string[];
	/** "cheap" and "fast" set the sort order and are not searched for. */
	order?: Order;
}

const ORDERS = new Map<string, Order>([
	['cheap', 'price'],
	['cheaper', 'price'],
	['cheapest', 'price'],
	['budget', 'price'],
	['inexpensive', 'price'],
	['affordable', 'price'],
	['fast', 'seconds'],
	['faster', 'seconds'],
	['fastest', 'seconds'],
	['quick', 'seconds'],
	['quickest', 'seconds'],
]);

/** Words that carry no meaning in a search. */
const FILLERS = new Set('a an and the for of my with model models ai generator tool'.split(' '));

/** Words that add nothing once a purpose is named: "enlarge photo", "remove watermark". */
const PURPOSE_FILLERS = new Set(
	'image photo picture add change create from generate in make old on remove to'.split(' '),
);

/** Parses a query; misspelt words are corrected to words from the models' names and the purposes. */
export function parseQuery(query: string, modelWords: ReadonlySet<string>): SearchQuery {
	const typed = canonical(query);
	const text = canonical(
		typed
			.split(' ')
			.map((word) => corrected(word, modelWords))
			.join(' '),
	);
	const typedWords = text.split(' ').filter((word) => word && !FILLERS.has(word));
	const allWords = typedWords.filter((word) => !ORDERS.has(word));
	const { purposes, rest } = readPurposes(allWords.join(' '));
	return {
		text,
		purposes,
		words: rest
			.split(' ')
			.filter((word) => word && (purposes.length === 0 || !PURPOSE_FILLERS.has(word))),
		allWords,
		order: typedWords.map((word) => ORDERS.get(word)).find(Boolean),
	};
}

/**
 * The word, or the one known word it is most likely a misspelling of: one wrong letter in words of four to six, two in
 * longer ones.
 */
function corrected(word: string, modelWords: ReadonlySet<string>): string {
	if (word.length < 4 || /\d/.test(word)) return word;
	const known = [...modelWords, ...purposeWords, ...ORDERS.keys(), ...FILLERS];
	// A word that is still being typed, or part of a compound, is not misspelt.
	if (known.some((other) => other.includes(word)) || modelWords.has(word)) return word;
	const limit = word.length < 7 ? 1 : 2;
	let best = word;
	let bestDistance = limit + 1;
	for (const other of known) {
		if (other.length < 4 || Math.abs(other.length - word.length) > limit) continue;
		const distance = editDistance(word, other);
		if (distance < bestDistance) [best, bestDistance] = [other, distance];
	}
	return best;
}
