import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { parseJson } from '../api/json';
import { jsonProblem } from '../api/jsonProblem';
import { quote } from '../api/quote';
import { SegmindFailure } from '../api/failure';
import { readEarlierTurns } from '../catalog/chat/earlierTurns';
import { schemaOf, type JsonSchema } from '../catalog/chat/jsonSchema';
import type { Sampling } from '../catalog/chat/sampling';
import type { Conversation } from '../catalog/chat/turn';
import { readJsonObject } from './jsonObject';
import {
	jsonSchema,
	maxTokens,
	messages,
	outputFormat,
	systemMessage,
	temperature,
} from './textFields';
import { badValue, choiceParameter, readNumber } from './value';
import { readTextParameter } from './textParameter';

/** One item's settings besides its model, files and parameters. */
export interface TextSettings extends Sampling {
	/** Empty if not set. */
	system: string;
	/** Empty if not set. */
	prompt: string;
	earlier: Conversation;
	/** Set for a JSON answer; without a schema any object will do. */
	json?: { schema: JsonSchema | undefined };
}

/** Reads the settings; throws a failure, before anything is sent, for invalid ones. */
export function readTextSettings(context: IExecuteFunctions, itemIndex: number): TextSettings {
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const text = (name: string, label: string) => {
		const words = readTextParameter(label, context.getNodeParameter(name, itemIndex, ''));
		return words.trim() ? words : '';
	};
	const wantsJson = choiceParameter(context, itemIndex, outputFormat) === 'json';
	return {
		system: text(systemMessage.name, systemMessage.displayName),
		prompt: text('prompt', 'Prompt'),
		earlier: readTurns(options[messages.name]),
		...(isSet(options.temperature) ? { temperature: readNumber(options, temperature) } : {}),
		...(isSet(options.maxTokens) ? { maxTokens: wholeTokens(options) } : {}),
		...(wantsJson ? { json: { schema: readSchema(context, itemIndex) } } : {}),
	};
}

function readSchema(context: IExecuteFunctions, itemIndex: number): JsonSchema | undefined {
	const received = context.getNodeParameter(jsonSchema.name, itemIndex, '') as unknown;
	const example = '{ "title": "Red shoes", "price": 49.9 }';
	const schemaOrExample = readJsonObject(jsonSchema.displayName, received, example);
	return Object.keys(schemaOrExample).length ? schemaOf(schemaOrExample) : undefined;
}

function readTurns(received: unknown): Conversation {
	const none: Conversation = { system: '', turns: [] };
	if (!isSet(received) || (typeof received === 'string' && !received.trim())) return none;
	const value = typeof received === 'string' ? parseJson(received) : received;
	if (value === undefined) {
		const problem = jsonProblem(String(received)) ?? quote(received, 200);
		throw new SegmindFailure(`${messages.displayName} is not valid JSON: ${problem}`, {
			description:
				'Nothing was sent. It must be a list such as [{ "role": "user", "content": "Hello" }]',
		});
	}
	const reading = readEarlierTurns(value);
	if ('value' in reading) return reading.value;
	throw new SegmindFailure(`${messages.displayName}: ${reading.problem}`, {
		description: 'Nothing was sent',
	});
}

function wholeTokens(options: IDataObject): number {
	const tokens = readNumber(options, maxTokens);
	if (Number.isSafeInteger(tokens)) return tokens;
	throw badValue(maxTokens.displayName, 'a whole number', options.maxTokens);
}

function isSet(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}
