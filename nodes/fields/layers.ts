import type { IDataObject } from 'n8n-workflow';

/** Request fields from one part of the panel. */
export interface Layer {
	/** Its label. */
	from: string;
	fields: IDataObject;
}

/** All fields of a request; later layers override earlier ones. */
export function mergeLayers(layers: readonly Layer[]): IDataObject {
	// Object.fromEntries treats a key such as __proto__ as an ordinary one.
	return Object.fromEntries(layers.flatMap(({ fields }) => Object.entries(fields)));
}

/** Hints on values that are overridden by a later part of the panel. */
export function overrideHints(layers: readonly Layer[]): string[] {
	return layers.flatMap(({ from, fields }, index) =>
		Object.keys(fields).flatMap((name) => {
			const winner = layers.slice(index + 1).findLast((layer) => Object.hasOwn(layer.fields, name));
			return winner
				? [`"${name}" is set in ${from} and in ${winner.from}: the latter was sent`]
				: [];
		}),
	);
}
