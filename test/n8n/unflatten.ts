/**
 * Reads n8n's serialized execution: a list of all values, the first being the whole, where every string
 * inside an object or a list is the position of the value.
 */
export function unflatten(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const made = new Map<number, unknown>();
	const at = (index: number): unknown => {
		const value = values[index];
		if (typeof value !== 'object' || value === null) return value;
		if (made.has(index)) return made.get(index);
		const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		// Before its contents, which may point back to it.
		made.set(index, copy);
		for (const [key, inner] of Object.entries(value)) {
			Object.assign(copy, { [key]: typeof inner === 'string' ? at(Number(inner)) : inner });
		}
		return copy;
	};
	return at(0);
}
