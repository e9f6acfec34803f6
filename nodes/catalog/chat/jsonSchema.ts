import type { IDataObject } from 'n8n-workflow';

import { isObject } from './jsonValue';

/** As much of JSON Schema as answers are checked against; other keywords are sent, and not checked. */
export type JsonSchema = IDataObject;

/**
 * The schema that a JSON object means: the object itself if it is one (it has `$schema`, or is of type "object" with
 * `properties`), else that of which it is an example.
 */
export function schemaOf(given: IDataObject): JsonSchema {
	const isSchema = '$schema' in given || (given.type === 'object' && isObject(given.properties));
	return isSchema ? given : schemaOfExample(given);
}

/** All keys of an example are required, and more are allowed; null stands for anything. */
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
	// A whole number in an example does not say that a fraction would be wrong.
	const type = typeof example;
	return type === 'string' || type === 'number' || type === 'boolean' ? { type } : {};
}

/** Examples of unlike entries say nothing about the others. */
function itemsOf(list: unknown[]): JsonSchema {
	const [first, ...others] = list.map(schemaOfExample);
	const text = JSON.stringify(first);
	return first && others.every((other) => JSON.stringify(other) === text) ? { items: first } : {};
}
