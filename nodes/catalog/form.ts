import type { ResourceMapperField } from 'n8n-workflow';

import type { Kind } from './kinds';
import { fieldLabel } from './label';
import type { ModelParameter, ParameterTable } from './parameters';

type FieldType = NonNullable<ResourceMapperField['type']>;

const FIELD_TYPES: Record<ModelParameter['type'], FieldType> = {
	string: 'string',
	integer: 'number',
	number: 'number',
	boolean: 'boolean',
	array: 'array',
	object: 'object',
};

/** The fields that language models share (Serverless API, LLM requests). */
const COMMON_TEXT: ModelParameter[] = [
	{ name: 'temperature', type: 'number', required: false },
	{ name: 'max_tokens', type: 'integer', required: false },
	{ name: 'messages', type: 'array', required: false },
];

/** The fields that most other models take. */
const COMMON: ModelParameter[] = [
	{ name: 'negative_prompt', type: 'string', required: false },
	{ name: 'seed', type: 'integer', required: false },
	{ name: 'aspect_ratio', type: 'string', required: false },
	{ name: 'width', type: 'integer', required: false },
	{ name: 'height', type: 'integer', required: false },
	{ name: 'image', type: 'string', required: false, media: 'image' },
];

/** n8n's mapper has no place for a notice beside its fields, so it stands in a label that is always seen. */
const NOTICE = 'not all fields are known here; the option More Parameters (JSON) takes any';

/**
 * The fields of a model for n8n's resource mapper, required ones first: from its documented table, else from what the
 * live list says, else the most common ones of its kind. Optional fields wait in "Add field", so that only what the user set is
 * sent. The prompt has a field of its own beside the mapper.
 */
export function formFields(
	table: ParameterTable | undefined,
	liveParameters: ModelParameter[] = [],
	kind?: Kind,
): ResourceMapperField[] {
	if (table) return inOrder(table.parameters).map((parameter) => toField(parameter, table.trusted));
	const live = inOrder(liveParameters);
	if (live.length > 0) return live.map((parameter) => toField(parameter, false));
	return (kind === 'Text' ? COMMON_TEXT : COMMON).map((parameter, at) => ({
		...toField(parameter, false),
		...(at === 0 ? { displayName: fieldLabel(parameter, [NOTICE]), removed: false } : {}),
	}));
}

function inOrder(parameters: ModelParameter[]): ModelParameter[] {
	const own = parameters.filter(({ name }) => name !== 'prompt');
	return [...own.filter(({ required }) => required), ...own.filter(({ required }) => !required)];
}

function toField(parameter: ModelParameter, trusted: boolean): ResourceMapperField {
	// n8n stops an item whose required field is empty or whose value is not among the options. It may do so only for
	// what is known for sure, and a file can also come from an input item, past the form.
	const enforced = parameter.required && trusted && !parameter.media;
	const choices = trusted && !parameter.choicesOpen ? parameter.choices : undefined;
	const notes = parameter.required && !enforced ? ['required'] : [];
	return {
		id: parameter.name,
		displayName: fieldLabel(parameter, notes, choices ? [] : parameter.choices),
		required: enforced,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		removed: !parameter.required,
		...(choices
			? { type: 'options', options: choices.map((value) => ({ name: String(value), value })) }
			: { type: fieldType(parameter) }),
		...requiredDefault(parameter),
	};
}

/** n8n refuses a text in a field of type array that is no JSON, but one address is a list of addresses too. */
function fieldType({ type, media }: ModelParameter): FieldType {
	return media ? 'string' : FIELD_TYPES[type];
}

/** A required field must be sent anyway: it starts with its documented default, where the user sees and changes it. */
function requiredDefault({
	required,
	default: value,
}: ModelParameter): Partial<ResourceMapperField> {
	return required && value !== undefined && typeof value !== 'object'
		? { defaultValue: value }
		: {};
}
