import type { IDataObject } from 'n8n-workflow';

import { mediaByName } from '../catalog/mediaNames';
import type { ParameterTable } from '../catalog/parameters';

/**
 * A request without the empty entries of its lists, with a hint for each list that had some. An expression such as
 * `[$json.first, $json.second]` gives undefined for what the item does not have, and JSON would send null. In a list of
 * files null and empty texts mean the same; a list of nothing else counts as not set.
 */
export function withoutEmptyEntries(
	body: IDataObject,
	table?: ParameterTable,
): { body: IDataObject; hints: string[] } {
	const hints: string[] = [];
	const fields = Object.entries(body).flatMap(([name, value]) => {
		const cleaned = isFileList(name, table)
			? withoutFilesThatAreNone(value)
			: withoutUndefined(value);
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

function withoutFilesThatAreNone(value: unknown): unknown {
	const isNone = (one: unknown) => one === undefined || one === null || one === '';
	return Array.isArray(value) && value.some(isNone) ? value.filter((one) => !isNone(one)) : value;
}

/** The same value if there is nothing to take out. */
function withoutUndefined(value: unknown): unknown {
	if (Array.isArray(value)) {
		const kept = value.filter((one) => one !== undefined).map(withoutUndefined);
		const isSame =
			kept.length === value.length && kept.every((one, at) => Object.is(one, value[at]));
		return isSame ? value : kept;
	}
	// Dates and the like are no plain objects, and are left alone.
	if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
	const entries = Object.entries(value).map(([key, one]) => [key, withoutUndefined(one)] as const);
	const given = value as Record<string, unknown>;
	const isSame = entries.every(([key, one]) => Object.is(one, given[key]));
	return isSame ? value : Object.fromEntries(entries);
}

function isPlain(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || prototype === Object.prototype;
}
