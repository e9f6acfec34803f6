import { shorten } from '../api/quote';
import { allModels, findModel } from './models';

/** A slug for the API, or a sentence telling the user why there is none. */
export type SlugReading = { slug: string } | { problem: string };

const SLUG = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
const EXAMPLE = 'https://www.segmind.com/models/fast-flux-schnell';

/** API paths in the position of a model's slug. */
const RESERVED = ['requests', 'get-user-credits'];

/**
 * Whether the text can be used as a model in an API URL (Segmind's slugs consist of letters, digits, dots, dashes and
 * underscores). "requests" is the path of jobs, and ".." would lead to another path.
 */
export function isSlug(text: string): boolean {
	return SLUG.test(text) && !text.includes('..') && !RESERVED.includes(text.toLowerCase());
}

/** Whether the text is meant as a URL; a slug contains neither a slash nor Segmind's own host. */
export function looksLikeUrl(text: string): boolean {
	return /^\s*(https?:|\/\/|([a-z0-9-]+\.)?segmind\.com(\/|$))/i.test(text);
}

/**
 * Reads the model from a resource locator or an expression. Every mode accepts the same, since the editor keeps the
 * text when the mode is switched: a slug, the URL of the model's page on segmind.com (including its playground, API and
 * pricing pages), an API URL, the display name of one model, or a row of the list. Slugs are case-sensitive and kept
 * unchanged, unless they differ from a known model only in case.
 */
export function readModelSlug(value: unknown): SlugReading {
	const chosen = isLocator(value) ? value.value : value;
	if (chosen === undefined || chosen === null) return { problem: 'No model is chosen' };
	if (typeof chosen !== 'string' && typeof chosen !== 'number') {
		return {
			problem: `The model must be text, not ${kindOf(chosen)}`,
		};
	}
	const text = String(chosen).trim();
	if (!text) return { problem: 'No model is chosen' };
	return looksLikeUrl(text) ? readModelUrl(text) : readNamedModel(text);
}

function readNamedModel(text: string): SlugReading {
	if (findModel(text)) return { slug: text };
	// A row of the list is "name · price · seconds · kind".
	const query = text.split(' · ')[0]?.trim().toLowerCase() ?? '';
	const matches = allModels().filter(
		({ slug, name }) => slug.toLowerCase() === query || name.toLowerCase() === query,
	);
	const [model, other] = matches;
	if (model && other) {
		const slugs = matches.map(({ slug }) => slug).join(', ');
		return {
			problem: `"${shorten(text)}" is the name of several models: ${slugs}. Use one of these`,
		};
	}
	if (model) return { slug: model.slug };
	if (isSlug(text)) return { slug: text };
	return {
		problem: `"${shorten(text)}" is not a model: choose one from the list, or enter its slug, such as fast-flux-schnell, or the URL of its page`,
	};
}

function readModelUrl(text: string): SlugReading {
	const address = /^https?:/i.test(text) ? text : `https://${text.replace(/^\/+/, '')}`;
	const url = URL.canParse(address) ? new URL(address) : undefined;
	const slug = url && slugIn(url);
	// URL resolves "..", so the text is checked.
	if (!slug || !isSlug(slug) || text.includes('..')) {
		return {
			problem: `"${shorten(text)}" is not the page of a Segmind model; such a URL looks like ${EXAMPLE}`,
		};
	}
	// An address typed by hand may differ from a known model's in case.
	const inSmallLetters = slug.toLowerCase();
	const known =
		findModel(slug) ?? allModels().find((model) => model.slug.toLowerCase() === inSmallLetters);
	return { slug: known?.slug ?? slug };
}

/** `host` includes the port: another port is another server. One model's page shows /v1/models/{slug}. */
function slugIn({ host, pathname }: URL): string | undefined {
	if (host === 'www.segmind.com' || host === 'segmind.com') {
		return /^\/models\/([^/]+)/i.exec(pathname)?.[1];
	}
	if (host !== 'api.segmind.com') return undefined;
	return /^\/v[12]\/(?:models\/)?([^/]+)\/?$/i.exec(pathname)?.[1];
}

function isLocator(value: unknown): value is { mode?: unknown; value: unknown } {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && 'value' in value;
}

function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
