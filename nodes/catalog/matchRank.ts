import type { ListedModel } from './models';
import { canonical } from './searchText';
import type { SearchQuery } from './searchQuery';

/** A model's texts, normalised for comparison. */
export interface ModelText {
	slug: string;
	name: string;
	/** Slug, name and kind with spaces around every word. */
	all: string;
	/** Slug and name without spaces, for words that people join. */
	joined: string;
}

const texts = new WeakMap<ListedModel, ModelText>();

/** The model's texts, computed once. */
export function textOf(model: ListedModel): ModelText {
	const cached = texts.get(model);
	if (cached) return cached;
	const [slug, name] = [canonical(model.slug), canonical(model.name)];
	const text = {
		slug,
		name,
		all: ` ${slug} | ${name} | ${canonical(model.kind ?? '')} `,
		joined: `${slug} ${name}`.replace(/ /g, ''),
	};
	texts.set(model, text);
	return text;
}

/**
 * How well a model matches, 0 is best: exact slug or name; a prefix of either; all the words in a row; whole words,
 * prefixes of words, or a model for the purpose; parts of words. Undefined unless it matches every purpose and every
 * word, or has all the words in its name.
 */
export function matchRank(model: ListedModel, query: SearchQuery): number | undefined {
	const text = textOf(model);
	if (text.slug === query.text || text.name === query.text) return 0;
	const isPurposeOnly = query.purposes.length > 0 && query.words.length === 0;
	const isPrefix = text.slug.startsWith(query.text) || text.name.startsWith(query.text);
	if (isPrefix && !isPurposeOnly) return 1;
	if (text.all.includes(` ${query.text} `) && !isPurposeOnly) return 2;
	if (query.allWords.every((word) => text.all.includes(` ${word}`))) return 3;
	if (!query.purposes.every((purpose) => purpose.test(text.all))) return undefined;
	let worst = 3;
	for (const word of query.words) {
		if (text.all.includes(` ${word}`)) continue;
		// Nearly every name contains any one or two letters.
		if (word.length < 3 || !(text.all.includes(word) || text.joined.includes(word)))
			return undefined;
		worst = 4;
	}
	return worst;
}
