import { allModels } from './models';
import { nearNames } from './nearNames';

/** Cache size; enough for a run whose models come from an expression. */
const MAX_CACHED = 500;

const cache = new Map<string, readonly string[]>();

/**
 * Up to three slugs of known models that were probably meant; none for a known model. Comparing with every model takes
 * milliseconds, so call only when a message needs it; results are cached.
 */
export function nearModels(slug: string): readonly string[] {
	const cached = cache.get(slug);
	if (cached) return cached;
	const slugs = allModels().map((model) => model.slug);
	const near = slugs.includes(slug) ? [] : nearNames(slug, slugs, 3);
	if (cache.size >= MAX_CACHED) cache.clear();
	cache.set(slug, near);
	return near;
}
