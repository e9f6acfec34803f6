import { strip } from './strip';

/** Separators between two URLs of a list: whitespace, commas, semicolons, bars, and the quotes and brackets around them. */
export const SEPARATORS = ' \t\r\n,;|"\'[]<>';

/**
 * Splits a text that lists URLs, in whatever notation: one per line, comma-separated, as JSON. A new URL starts only
 * where http:// or https:// follows a separator, since a URL may contain commas and other URLs. Runs in linear time.
 * Text before the first URL becomes its own entry, so that the caller can tell a text that is no list of URLs.
 */
export function addressList(text: string): string[] {
	const starts = [0];
	for (const { index } of text.matchAll(/https?:\/\//gi)) {
		if (index > 0 && SEPARATORS.includes(text[index - 1] ?? '')) starts.push(index);
	}
	return starts
		.map((start, at) => strip(text.slice(start, starts[at + 1]), SEPARATORS))
		.filter((entry) => entry);
}
