/** What stands between two addresses of a list: blanks, line breaks, commas and semicolons, the quotes and brackets of JSON. */
const SEPARATORS = ' \t\r\n,;"\'[]';

/**
 * The web addresses in a text that is a list of them, however it is written: one per line, with commas, as JSON. A new
 * one begins only where http:// or https:// follows a separator, since an address may hold commas and other addresses.
 * Takes time in proportion to the text's length. What stands before the first address is its own entry, so that a text
 * that is none can be told.
 */
export function addressList(text: string): string[] {
	const starts = [0];
	for (const { index } of text.matchAll(/https?:\/\//gi)) {
		if (index > 0 && SEPARATORS.includes(text[index - 1] ?? '')) starts.push(index);
	}
	return starts
		.map((start, at) => withoutSeparators(text.slice(start, starts[at + 1])))
		.filter((entry) => entry);
}

/** The text without separators around it. A pattern that ends in `$` would take quadratic time. */
function withoutSeparators(text: string): string {
	let [start, end] = [0, text.length];
	while (start < end && SEPARATORS.includes(text[start] ?? '')) start++;
	while (end > start && SEPARATORS.includes(text[end - 1] ?? '')) end--;
	return text.slice(start, end);
}
