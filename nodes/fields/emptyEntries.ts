import type { IDataObject } from 'n8n-workflow';

import { mediaByName } from '../catalog/mediaNames';
import type { ParameterTable } from '../catalog/parameters';

/**
 * A request without the empty entries of its lists, with a hint for each list that had some. An expression such as
 * `[$json.first, $json.second]` yields undefined for what the item does not have, which JSON would send as null. In a
 * list of files null and empty texts mean the same; a list of nothing but these counts as not set.
 */
export function withoutEmptyEntries(
	body: IDataObject,
	table?: ParameterTable,
): { body: IDataObject; hints: string[] } {
	const hints: string[] = [];
	const fields = Object.entries(body).flatMap(([name, value]) => {
		const cleaned = isFileList(name, table) ? withoutEmptyFiles(value) : withoutUndefined(value);
		if (Object.is(cleaned, value)) return [[name, value] as const];
		hints.push(`"${name}" had empty entries: they were left out`);
		return Array.isArray(cleaned) && !cleaned.length ? [] : [[name, cleaned] as const];
	});
	return { body: Object.fromEntries(fields) as IDataObject, hints };
}

function isFileList(name: string, table: ParameterTable | undefined): boolean {
	const known = table?.parameters.find((parameter) => parameter.name === name);
	return (known ? known.media : mediaByName(name)) !== undefined;
}

function withoutEmptyFiles(value: unknown): unknown {
	const isEmpty = (entry: unknown) => entry === undefined || entry === null || entry === '';
	return Array.isArray(value) && value.some(isEmpty)
		? value.filter((entry) => !isEmpty(entry))
		: value;
}

/** Returns the same value if there is nothing to remove. */
function withoutUndefined(value: unknown): unknown {
	if (Array.isArray(value)) {
		const kept = value.filter((entry) => entry !== undefined).map(withoutUndefined);
		const isSame =
			kept.length === value.length && kept.every((entry, index) => Object.is(entry, value[index]));
		return isSame ? value : kept;
	}
	// Dates and the like are not plain objects, and are left alone.
	if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
	const entries = Object.entries(value).map(
		([key, entry]) => [key, withoutUndefined(entry)] as const,
	);
	const original = value as Record<string, unknown>;
	const isSame = entries.every(([key, entry]) => Object.is(entry, original[key]));
	return isSame ? value : Object.fromEntries(entries);
}

function isPlain(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || prototype === Object.prototype;
}
