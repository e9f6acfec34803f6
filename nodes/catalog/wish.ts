import { editDistance } from './editDistance';
import { purposeWords, readPurposes } from './purposes';
import { canonical } from './searchText';

export type Order = 'price' | 'seconds';

/** What someone who types into the model list wants. */
export interface Wish {
	/** All of it, as texts are compared. */
	text: string;
	/** Patterns of the models for a purpose that was named. */
	purposes: RegExp[];
	/** The words beside those of the purposes; each must be found. */
	words: string[];
	/** All words, those of the purposes too: a name may hold them. */
	allWords: string[];
	/** "cheap" and "fast" are an order, not words to be found. */
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

/** Words that say nothing about a model. */
const FILLERS = new Set('a an and the for of my with model models ai generator tool'.split(' '));

/** Words that say nothing more once a purpose is named: "enlarge photo", "remove watermark". */
const FILLERS_OF_PURPOSES = new Set(
	'image photo picture add change create from generate in make old on remove to'.split(' '),
);

/** Reads what was typed; misspelt words are put right by the words of the models' names and of the purposes. */
export function readWish(query: string, modelWords: ReadonlySet<string>): Wish {
	const typed = canonical(query);
	const text = canonical(
		typed
			.split(' ')
			.map((word) => spelling(word, modelWords))
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
			.filter((word) => word && (purposes.length === 0 || !FILLERS_OF_PURPOSES.has(word))),
		allWords,
		order: typedWords.map((word) => ORDERS.get(word)).find(Boolean),
	};
}

/** The word, or the one known word that it most likely is: one wrong letter in four to six, two in more. */
function spelling(word: string, modelWords: ReadonlySet<string>): string {
	if (word.length < 4 || /\d/.test(word)) return word;
	const known = [...modelWords, ...purposeWords, ...ORDERS.keys(), ...FILLERS];
	// A word that is still being typed, or that is written together, is not misspelt.
	if (known.some((other) => other.includes(word)) || modelWords.has(word)) return word;
	const limit = word.length < 7 ? 1 : 2;
	let best = word;
	let least = limit + 1;
	for (const other of known) {
		if (other.length < 4 || Math.abs(other.length - word.length) > limit) continue;
		const distance = editDistance(word, other);
		if (distance < least) [best, least] = [other, distance];
	}
	return best;
}
