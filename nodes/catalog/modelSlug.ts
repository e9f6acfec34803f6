import { shorten } from '../api/quote';

/** A slug as the API takes it, or a sentence for the user that says why there is none. */
export type SlugReading = { slug: string } | { problem: string };

const SLUG = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
const EXAMPLE = 'https://www.segmind.com/models/fast-flux-schnell';

/**
 * Whether the text can stand in the API's address as a model (Segmind's slugs hold letters, digits, dots, dashes and
 * underscores). "requests" is the address of jobs, and ".." would climb to another address.
 */
export function isSlug(text: string): boolean {
	return SLUG.test(text) && !text.includes('..') && text.toLowerCase() !== 'requests';
}

/** Whether the text is meant as a web address; a slug has neither a slash nor Segmind's own host in it. */
export function looksLikeUrl(text: string): boolean {
	return /^\s*(https?:|\/\/|(www\.)?segmind\.com(\/|$))/i.test(text);
}

/**
 * Reads the model that a resource locator or an expression gives: a slug, or in any mode the address of the model's
 * page on segmind.com, its playground, API and pricing pages included. Slugs are case sensitive and stay as they are.
 */
export function readModelSlug(value: unknown): SlugReading {
	const inner = isLocator(value) ? value.value : value;
	if (inner === undefined || inner === null) return { problem: 'No model is chosen' };
	if (typeof inner !== 'string' && typeof inner !== 'number') {
		return {
			problem: `The model must be text, not ${Array.isArray(inner) ? 'a list' : `a ${typeof inner}`}`,
		};
	}
	const text = String(inner).trim();
	if (!text) return { problem: 'No model is chosen' };
	const byUrl = looksLikeUrl(text) || (isLocator(value) && value.mode === 'url' && !isSlug(text));
	return byUrl ? readModelUrl(text) : readPlainSlug(text);
}

function readPlainSlug(text: string): SlugReading {
	if (isSlug(text)) return { slug: text };
	return {
		problem: `"${shorten(text)}" cannot be a model: a slug has only letters, digits, dots, dashes and underscores, like fast-flux-schnell`,
	};
}

function readModelUrl(text: string): SlugReading {
	const address = /^https?:/i.test(text) ? text : `https://${text.replace(/^\/+/, '')}`;
	const url = URL.canParse(address) ? new URL(address) : undefined;
	const slug = /^\/models\/([^/]+)/.exec(url?.pathname ?? '')?.[1];
	// `host` holds the port too: another port is another server. A dot-dot is resolved by URL itself, so ask the text.
	const ours = url?.host === 'www.segmind.com' || url?.host === 'segmind.com';
	if (!ours || !slug || !isSlug(slug) || text.includes('..')) {
		return {
			problem: `"${shorten(text)}" is not the page of a Segmind model; such an address looks like ${EXAMPLE}`,
		};
	}
	return { slug };
}

function isLocator(value: unknown): value is { mode?: unknown; value: unknown } {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && 'value' in value;
}
