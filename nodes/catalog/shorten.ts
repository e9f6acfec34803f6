/** The text cut to a length that a message can quote, in characters: a field may hold megabytes of base64. */
export function shorten(text: string, maxLength = 60): string {
	return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
