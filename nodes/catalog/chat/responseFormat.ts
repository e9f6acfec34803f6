import type { IDataObject } from 'n8n-workflow';

import type { ChatFamily } from './family';
import type { JsonSchema } from './jsonSchema';
import { isObject } from './jsonValue';
import { allText, type Conversation } from './turn';

/** How a request asks for a JSON answer. */
export interface JsonInstruction {
	/** Request fields. */
	fields: IDataObject;
	/** Text to add to the system message, or to the prompt of a model without one; may be empty. */
	instruction: string;
}

const JSON_INSTRUCTION = 'Answer with JSON only.';

/**
 * How to request a JSON answer from a model of the family. OpenAI's and DeepSeek's models refuse `response_format` unless
 * the messages mention "json"; Claude accepts only a schema. Other models are asked in plain text. Source: segmind-python
 * 1.3.0, changelog.
 * @param schema undefined for any object
 */
export function jsonInstruction(
	family: ChatFamily | undefined,
	schema: JsonSchema | undefined,
	conversation: Conversation,
): JsonInstruction {
	if (!family) {
		const shape = schema ? ` It must fit this JSON schema: ${JSON.stringify(schema)}` : '';
		return { fields: {}, instruction: JSON_INSTRUCTION + shape };
	}
	const isMentioned = family !== 'openai' || /json/i.test(allText(conversation));
	return {
		fields: { response_format: format(family, schema) },
		instruction: isMentioned ? '' : JSON_INSTRUCTION,
	};
}

function format(family: ChatFamily, schema: JsonSchema | undefined): IDataObject {
	if (family === 'anthropic') return namedSchema(closedSchema(schema ?? { type: 'object' }));
	return schema ? namedSchema(schema) : { type: 'json_object' };
}

function namedSchema(schema: unknown): IDataObject {
	return {
		type: 'json_schema',
		json_schema: { name: 'answer', schema: schema as IDataObject },
	};
}

/**
 * Claude refuses an object schema that does not rule out additional properties. Source: Anthropic, "Structured
 * outputs".
 */
function closedSchema(schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map(closedSchema);
	if (!isObject(schema)) return schema;
	const inner = Object.entries(schema).map(([key, value]) => [key, closedSchema(value)] as const);
	const isOpen = schema.type === 'object' && !('additionalProperties' in schema);
	const hasKeys = isObject(schema.properties);
	return {
		...Object.fromEntries(inner),
		...(isOpen && hasKeys ? { additionalProperties: false } : {}),
	};
}
