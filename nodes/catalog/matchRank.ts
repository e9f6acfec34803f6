import type { ListedModel } from './models';
import { canonical } from './searchText';
import type { Wish } from './wish';

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
	const known = texts.get(model);
	if (known) return known;
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
 * How well a model matches, 0 best: exact slug or name; prefix of one; all the words in a row; whole words, prefixes of
 * words, or a model for the purpose; parts of words. Undefined unless it matches every purpose and every word, or has
 * all the words in its name.
 */
export function matchRank(model: ListedModel, wish: Wish): number | undefined {
	const text = textOf(model);
	if (text.slug === wish.text || text.name === wish.text) return 0;
	const onlyPurpose = wish.purposes.length > 0 && wish.words.length === 0;
	const begins = text.slug.startsWith(wish.text) || text.name.startsWith(wish.text);
	if (begins && !onlyPurpose) return 1;
	if (text.all.includes(` ${wish.text} `) && !onlyPurpose) return 2;
	if (wish.allWords.every((word) => text.all.includes(` ${word}`))) return 3;
	if (!wish.purposes.every((purpose) => purpose.test(text.all))) return undefined;
	let worst = 3;
	for (const word of wish.words) {
		if (text.all.includes(` ${word}`)) continue;
		// Nearly every name contains any one or two letters.
		if (word.length < 3 || !(text.all.includes(word) || text.joined.includes(word)))
			return undefined;
		worst = 4;
	}
	return worst;
}
