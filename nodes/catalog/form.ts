import type { ResourceMapperField } from 'n8n-workflow';

import { fieldLabels } from './label';
import { mainTextField } from './mainText';
import type { ModelParameter, ParameterTable } from './parameters';

type FieldType = NonNullable<ResourceMapperField['type']>;

/** n8n refuses a text in a field of type array or object that is no JSON, and marks an empty one as wrong: see `coerce`. */
const FIELD_TYPES: Record<ModelParameter['type'], FieldType> = {
	string: 'string',
	integer: 'number',
	number: 'number',
	boolean: 'boolean',
	array: 'string',
	object: 'string',
};

/**
 * All fields of a model but its main text, for n8n's resource mapper; those that its page calls required first. The
 * others wait in "Add field", so that only what the user set is sent. Nothing is enforced by n8n, which would stop the
 * item: pages call fields required that are not, and a file, a setting or JSON may fill one past the form.
 */
export function formFields(table: ParameterTable): ResourceMapperField[] {
	const mainText = mainTextField(table);
	const own = table.parameters.filter((parameter) => parameter !== mainText);
	const ordered = [
		...own.filter(({ required }) => required),
		...own.filter(({ required }) => !required),
	];
	const labels = fieldLabels(ordered);
	return ordered.map((parameter, at) => ({
		id: parameter.name,
		displayName: labels[at] as string,
		required: false,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		removed: !isShown(parameter),
		...widget(parameter, table.trusted),
		...initialValue(parameter),
	}));
}

/** After a change of model n8n sends a switch that it shows as off, whether the user touched it or not. */
function isShown({ required, type, default: value }: ModelParameter): boolean {
	return required && (type !== 'boolean' || value !== undefined);
}

/** A list of choices refuses any other value, so it must be sure. */
function widget(
	{ type, choices, choicesOpen }: ModelParameter,
	trusted: boolean,
): Pick<ResourceMapperField, 'type' | 'options'> {
	if (!trusted || choicesOpen || !choices) return { type: FIELD_TYPES[type] };
	return { type: 'options', options: choices.map((value) => ({ name: String(value), value })) };
}

/** A field that is shown would be sent anyway: it starts with its documented default, where the user sees and changes it. */
function initialValue(parameter: ModelParameter): Pick<ResourceMapperField, 'defaultValue'> {
	const { default: value } = parameter;
	return isShown(parameter) && value !== undefined && typeof value !== 'object'
		? { defaultValue: value }
		: {};
}
