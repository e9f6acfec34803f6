import type { IDataObject, ResourceMapperField } from 'n8n-workflow';

import { coerce, parseContainer } from '../catalog/coerce';
import type { ModelParameter, ParameterTable } from '../catalog/parameters';
import { expectFieldName } from './fieldName';
import { asBody } from './jsonObject';
import { badValue } from './value';

const FORM = 'Parameters';

/** The fields that the user set in the form, as stored by n8n's resource mapper. */
export function readForm(parameters: unknown, table: ParameterTable | undefined): IDataObject {
	const { value, schema } = (parameters ?? {}) as {
		value?: IDataObject | null;
		schema?: ResourceMapperField[];
	};
	if (value && (typeof value !== 'object' || Array.isArray(value))) {
		throw badValue(FORM, 'fields with their values', value);
	}
	const schemaFields = Array.isArray(schema) ? schema.filter(Boolean) : [];
	// n8n has already dropped such a name from the values.
	for (const { id, removed } of schemaFields) if (!removed) expectFieldName(FORM, String(id));
	const fields = new Map(schemaFields.map((field) => [field.id, field]));
	const known = new Map(table?.parameters.map((parameter) => [parameter.name, parameter]));
	return Object.fromEntries(
		Object.entries(asBody(FORM, value ?? {}))
			.filter(([name, entry]) => isSet(entry, fields.get(name)))
			.map(([name, entry]) => [name, readTyped(entry, known.get(name))]),
	);
}

/** The form uses a text field for lists and objects, with or without the check. */
function readTyped(
	entry: IDataObject[string],
	parameter: ModelParameter | undefined,
): IDataObject[string] {
	if (parameter?.type === 'array' || parameter?.type === 'object') return coerce(parameter, entry);
	// A field described only in the live list: its type is no longer known.
	return parameter || typeof entry !== 'string' ? entry : (parseContainer(entry.trim()) ?? entry);
}

function isSet(value: IDataObject[string], field: ResourceMapperField | undefined): boolean {
	// A field that was added to the form but left empty is not set.
	if (value === null || value === undefined || value === '') return false;
	// Older editors store "off" for every switch of the model, including those that the user never added.
	return value !== false || !field?.removed;
}
