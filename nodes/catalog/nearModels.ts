import { allModels } from './models';
import { nearNames } from './nearNames';

/** Enough for a run whose models come from an expression. */
const MAX_KEPT = 500;

const kept = new Map<string, readonly string[]>();

/**
 * Slugs of known models that someone who wrote this one may have meant, at most three; none for a known model. Comparing
 * with every model takes milliseconds, so ask only when a message needs it; a slug is looked up once.
 */
export function nearModels(slug: string): readonly string[] {
	const known = kept.get(slug);
	if (known) return known;
	const slugs = allModels().map((model) => model.slug);
	const near = slugs.includes(slug) ? [] : nearNames(slug, slugs, 3);
	if (kept.size >= MAX_KEPT) kept.clear();
	kept.set(slug, near);
	return near;
}
