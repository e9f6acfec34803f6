/** The text cut to a length that a message can quote, in characters: a field may hold megabytes of base64. */
export function shorten(text: string, maxLength = 60): string {
	return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/** Any value as a message can quote it, cut to a length in characters: texts and objects as JSON. */
export function quote(value: unknown, maxLength = 60): string {
	// JSON cannot express NaN, the infinities, undefined and the like.
	if (typeof value !== 'string' && typeof value !== 'object') {
		return shorten(String(value), maxLength);
	}
	try {
		return shorten(JSON.stringify(value), maxLength);
	} catch {
		return 'a value that cannot be shown';
	}
}
