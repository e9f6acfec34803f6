import type { IDataObject } from 'n8n-workflow';

import { isObject } from './jsonValue';

/** A JSON Schema, part of which answers are checked against; other keywords are sent but not checked. */
export type JsonSchema = IDataObject;

/**
 * The schema given by a JSON object: the object itself if it is one (it has `$schema`, or is of type "object" with
 * `properties`), else a schema derived from it as an example.
 */
export function schemaOf(schemaOrExample: IDataObject): JsonSchema {
	const isSchema =
		'$schema' in schemaOrExample ||
		(schemaOrExample.type === 'object' && isObject(schemaOrExample.properties));
	return isSchema ? schemaOrExample : schemaOfExample(schemaOrExample);
}

/** All keys of an example are required, and more are allowed; null allows anything. */
function schemaOfExample(example: unknown): JsonSchema {
	if (Array.isArray(example)) return { type: 'array', ...itemsOf(example) };
	if (isObject(example)) {
		const entries = Object.entries(example);
		const properties = entries.map(([name, value]) => [name, schemaOfExample(value)] as const);
		return {
			type: 'object',
			properties: Object.fromEntries(properties),
			required: entries.map(([name]) => name),
		};
	}
	// An integer in an example does not rule out fractions.
	const type = typeof example;
	return type === 'string' || type === 'number' || type === 'boolean' ? { type } : {};
}

/** Dissimilar example entries say nothing about further ones. */
function itemsOf(list: unknown[]): JsonSchema {
	const [first, ...others] = list.map(schemaOfExample);
	const text = JSON.stringify(first);
	return first && others.every((other) => JSON.stringify(other) === text) ? { items: first } : {};
}
