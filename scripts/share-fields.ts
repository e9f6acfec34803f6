import type { ModelParameter, ParameterTable } from '../nodes/catalog/parameters';

/** Compact tables: a field shared by several models is referenced by its key. */
export interface SharedTables {
	shared: Record<string, object>;
	tables: Record<string, { trusted?: true; complete?: true; fields: Array<string | object> }>;
}

/**
 * Stores each field shared by several models once. Its key is its name, with a star if required, and a number for all
 * but the most frequent of that name: "prompt*", "seed", "seed:2".
 */
export function shareFields(tables: Array<[slug: string, table: ParameterTable]>): SharedTables {
	const uses = new Map<string, number>();
	for (const [, { parameters }] of tables) {
		for (const text of parameters.map(compactJson)) uses.set(text, (uses.get(text) ?? 0) + 1);
	}
	const keys = new Map<string, string>();
	const variants = new Map<string, number>();
	const frequent = [...uses].filter(([, count]) => count > 1);
	frequent.sort(([a, often], [b, other]) => other - often || (a < b ? -1 : 1));
	for (const [text] of frequent) {
		const { name, required } = JSON.parse(text) as ModelParameter;
		const key = required ? `${name}*` : name;
		const variant = (variants.get(key) ?? 0) + 1;
		variants.set(key, variant);
		keys.set(text, variant === 1 ? key : `${key}:${variant}`);
	}
	const shared = [...keys].map(([text, key]): [string, object] => [
		key,
		JSON.parse(text) as object,
	]);
	return {
		shared: Object.fromEntries(shared.sort(([a], [b]) => (a < b ? -1 : 1))),
		tables: Object.fromEntries(
			tables.map(([slug, { trusted, complete, parameters }]) => [
				slug,
				{
					...(trusted ? { trusted } : {}),
					...(complete ? { complete } : {}),
					fields: parameters
						.map(compactJson)
						.map((text) => keys.get(text) ?? (JSON.parse(text) as object)),
				},
			]),
		),
	};
}

function compactJson(parameter: ModelParameter): string {
	return JSON.stringify({ ...parameter, required: parameter.required || undefined });
}
