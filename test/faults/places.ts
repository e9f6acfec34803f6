import type { INodeParameters, INodeProperties } from 'n8n-workflow';

/** A place in a node's parameters that a value can be put in. */
export interface Place {
	/** Keys from the outside in; the entries of a list by their number. */
	path: string[];
	/** What has to be set, and where, for n8n to show the parameter: it hands no hidden one to the node. */
	shownWith: Array<[path: string[], value: unknown]>;
}

interface Group {
	name: string;
	values: INodeProperties[];
}

/** Every parameter in a node's description, and each field within collections, locators and mappers. */
export function placesOf(
	properties: INodeProperties[],
	outer: Place = { path: [], shownWith: [] },
): Place[] {
	return properties.flatMap((property) => {
		const { name, type, options = [], typeOptions } = property;
		const place = (...keys: string[]): Place => ({
			path: [...outer.path, name, ...keys],
			shownWith: [...outer.shownWith, ...conditionsOf(property, outer.path)],
		});
		const inner: Record<string, () => Place[]> = {
			collection: () => placesOf(options as INodeProperties[], place()),
			fixedCollection: () =>
				(options as Group[]).flatMap((group) => {
					const entry = typeOptions?.multipleValues ? ['0'] : [];
					return placesOf(group.values, place(group.name, ...entry));
				}),
			resourceLocator: () => [place('mode'), place('value')],
			resourceMapper: () => [
				place('mappingMode'),
				place('schema'),
				place('value'),
				place('value', 'seed'),
			],
		};
		return [place(), ...(inner[type]?.() ?? [])];
	});
}

/** A name that begins with a slash is one of the node's own parameters, any other one a neighbour. */
function conditionsOf({ displayOptions }: INodeProperties, beside: string[]): Place['shownWith'] {
	return Object.entries(displayOptions?.show ?? {}).map(([name, values]) => [
		name.startsWith('/') ? [name.slice(1)] : [...beside, name],
		values?.[0],
	]);
}

/** The parameters with a value put in a place. */
export function withValueAt(
	{ path, shownWith }: Place,
	parameters: INodeParameters,
	value: unknown,
): INodeParameters {
	const changed = structuredClone(parameters);
	for (const [place, shown] of shownWith) setAt(changed, place, shown);
	setAt(changed, path, value);
	return changed;
}

function setAt(parameters: INodeParameters, path: string[], value: unknown): void {
	let target = parameters as Record<string, unknown>;
	for (const [depth, key] of path.slice(0, -1).entries()) {
		target = (target[key] ??= path[depth + 1] === '0' ? [] : {}) as Record<string, unknown>;
	}
	target[path.at(-1)!] = value;
}
