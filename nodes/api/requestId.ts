/** A UUID, or the 32 hexadecimal digits of older endpoints; nothing that could alter a path. */
export function isRequestId(text: string): boolean {
	return /^[A-Za-z0-9][A-Za-z0-9_-]{7,99}$/.test(text);
}
