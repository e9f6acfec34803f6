import type { IDataObject } from 'n8n-workflow';

/** Fields of the request that come from one place of the panel. */
export interface Layer {
	/** Its label. */
	from: string;
	fields: IDataObject;
}

/** All fields of a request; a later layer overrules an earlier one. */
export function merged(layers: readonly Layer[]): IDataObject {
	// Object.fromEntries makes a key such as __proto__ an ordinary one.
	return Object.fromEntries(layers.flatMap(({ fields }) => Object.entries(fields)));
}

/** Hints on values that a later place of the panel overrules. */
export function overruled(layers: readonly Layer[]): string[] {
	return layers.flatMap(({ from, fields }, at) =>
		Object.keys(fields).flatMap((name) => {
			const winner = layers.slice(at + 1).findLast((layer) => Object.hasOwn(layer.fields, name));
			return winner
				? [`"${name}" is set in ${from} and in ${winner.from}: the latter was sent`]
				: [];
		}),
	);
}
