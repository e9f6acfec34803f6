import type { ModelParameter, ParameterTable } from '../../../nodes/catalog/parameters';

/** A field of a model. */
export const field = (name: string, more: Partial<ModelParameter> = {}): ModelParameter => ({
	name,
	type: 'string',
	required: false,
	...more,
});

/** Width and height. */
export const sides = (more: Partial<ModelParameter> = {}) => [
	field('width', { type: 'integer', ...more }),
	field('height', { type: 'integer', ...more }),
];

/** A model with these fields and no others. */
export function modelWith(...parameters: ModelParameter[]): {
	name: string;
	table: ParameterTable;
} {
	return { name: 'Model', table: { trusted: true, complete: true, parameters } };
}
