/** The text without any of these characters at its end. A pattern ending in `$` would take quadratic time. */
export function stripEnd(text: string, characters: string): string {
	let end = text.length;
	while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

/** The text without any of these characters at either end. */
export function strip(text: string, characters: string): string {
	let start = 0;
	while (start < text.length && characters.includes(text.charAt(start))) start++;
	return stripEnd(text.slice(start), characters);
}
