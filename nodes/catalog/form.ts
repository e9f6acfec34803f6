import type { ResourceMapperField } from 'n8n-workflow';

import { fieldLabels } from './label';
import { mainTextField } from './mainText';
import type { ModelParameter, ParameterTable } from './parameters';

type FieldType = NonNullable<ResourceMapperField['type']>;

/**
 * In a field of type array or object n8n rejects text that is not JSON, and marks an empty field as invalid: see
 * `coerce`.
 */
const FIELD_TYPES: Record<ModelParameter['type'], FieldType> = {
	string: 'string',
	integer: 'number',
	number: 'number',
	boolean: 'boolean',
	array: 'string',
	object: 'string',
};

/**
 * All fields of a model except its main text, for n8n's resource mapper; those that its page calls required come first.
 * The others are in "Add field", so that only what the user set is sent. n8n does not enforce required fields, which
 * would stop the item: pages call fields required that are not, and a file, a setting or JSON may fill one outside the
 * form.
 */
export function formFields(table: ParameterTable): ResourceMapperField[] {
	const mainText = mainTextField(table);
	const formParameters = table.parameters.filter((parameter) => parameter !== mainText);
	const ordered = [
		...formParameters.filter(({ required }) => required),
		...formParameters.filter(({ required }) => !required),
	];
	const labels = fieldLabels(ordered);
	return ordered.map((parameter, index) => ({
		id: parameter.name,
		displayName: labels[index] as string,
		required: false,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		removed: !isVisible(parameter),
		...widget(parameter, table.trusted),
		...initialValue(parameter),
	}));
}

/**
 * Files come from Input Files: an empty required field below it would ask for the same file again. After a change of
 * model n8n sends a visible switch as off, even if the user never touched it.
 */
function isVisible({ required, media, type, default: value }: ModelParameter): boolean {
	return required && !media && (type !== 'boolean' || value !== undefined);
}

/** A list of choices rejects any other value, so it must be complete. */
function widget(
	{ type, choices, choicesOpen }: ModelParameter,
	trusted: boolean,
): Pick<ResourceMapperField, 'type' | 'options'> {
	if (!trusted || choicesOpen || !choices) return { type: FIELD_TYPES[type] };
	return { type: 'options', options: choices.map((value) => ({ name: String(value), value })) };
}

/** A visible field is sent anyway, so it starts with its documented default, which the user can see and change. */
function initialValue(parameter: ModelParameter): Pick<ResourceMapperField, 'defaultValue'> {
	const { default: value } = parameter;
	return isVisible(parameter) && value !== undefined && typeof value !== 'object'
		? { defaultValue: value }
		: {};
}
