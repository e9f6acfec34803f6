import type { IDataObject } from 'n8n-workflow';

import type { ChatFamily } from './family';
import type { JsonSchema } from './jsonSchema';
import { isObject } from './jsonValue';
import { wordsOf, type Conversation } from './turn';

/** How a request asks for a JSON answer. */
export interface JsonWish {
	/** Request fields. */
	fields: IDataObject;
	/** Text to add to the system message, or to the prompt of a model without one; may be empty. */
	words: string;
}

const IN_WORDS = 'Answer with JSON only.';

/**
 * Requests a JSON answer in the way a model of the family supports. OpenAI's and DeepSeek's models refuse
 * `response_format` unless the messages mention "json"; Claude accepts only a schema. Other models are asked in plain
 * text. Source: segmind-python 1.3.0, changelog.
 * @param schema undefined for any object
 */
export function jsonWish(
	family: ChatFamily | undefined,
	schema: JsonSchema | undefined,
	conversation: Conversation,
): JsonWish {
	if (!family) {
		const shape = schema ? ` It must fit this JSON schema: ${JSON.stringify(schema)}` : '';
		return { fields: {}, words: IN_WORDS + shape };
	}
	const isSaid = family !== 'openai' || /json/i.test(wordsOf(conversation));
	return { fields: { response_format: format(family, schema) }, words: isSaid ? '' : IN_WORDS };
}

function format(family: ChatFamily, schema: JsonSchema | undefined): IDataObject {
	if (family === 'anthropic') return named(closed(schema ?? { type: 'object' }));
	return schema ? named(schema) : { type: 'json_object' };
}

function named(schema: unknown): IDataObject {
	return {
		type: 'json_schema',
		json_schema: { name: 'answer', schema: schema as IDataObject },
	};
}

/**
 * Claude refuses an object schema that does not rule out additional properties. Source: Anthropic, "Structured
 * outputs".
 */
function closed(schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map(closed);
	if (!isObject(schema)) return schema;
	const inner = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
	const isOpen = schema.type === 'object' && !('additionalProperties' in schema);
	const hasKeys = isObject(schema.properties);
	return {
		...Object.fromEntries(inner),
		...(isOpen && hasKeys ? { additionalProperties: false } : {}),
	};
}
