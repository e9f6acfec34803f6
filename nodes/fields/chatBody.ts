import type { IDataObject } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { chatRequest } from '../catalog/chat/chatRequest';
import type { ChatFamily } from '../catalog/chat/family';
import type { ChatFile } from '../catalog/chat/turn';
import type { ParameterTable } from '../catalog/parameters';
import { expectReadable, filesForChat, namedFields } from './chatFiles';
import { checkedBody } from './checkedBody';
import { promptField } from './parameters';
import { emptyPrompt, textOf, type TextInput, type TextRequest } from './textInput';

/** Fields that hold the conversation; they are not checked against the table. */
const CONVERSATION = ['prompt', 'instruction', 'messages', 'response_format'];

/**
 * Builds the request of a chat model in its family's format. Throws a failure, before anything is sent, for input that
 * cannot be sent.
 */
export function chatBody(input: TextInput & { family: ChatFamily }): TextRequest {
	const { slug, name, family, table, options, settings, rows } = input;
	const { prompt: promptValue, instruction, messages, ...others } = input.fields;
	const { response_format: responseFormat, ...otherFields } = others;
	const inputFiles = filesForChat(rows, input, options);
	const checked = checkedBody(slug, withoutConversation(table), otherFields, [], {
		mode: options.checkParameters,
		mainTextLabel: promptField.displayName,
	});
	const request = {
		warnings: [...namedFields(rows, input), ...checked.problems.map(({ message }) => message)],
		prompt: textOf(promptValue) || null,
	};
	const bodyFields = {
		...checked.body,
		...(responseFormat ? { response_format: responseFormat } : {}),
	};
	if (isSet(messages)) {
		if (rows.length) throw noPlaceForFiles(input);
		const body: IDataObject = { ...bodyFields, messages };
		if (isSet(instruction)) body.instruction = instruction;
		return {
			...request,
			inputFiles,
			body,
			warnings: [...request.warnings, ...unusedSettings(input)],
		};
	}
	const prompt = textOf(promptValue);
	if (!prompt && !inputFiles.length && settings.earlier.turns.at(-1)?.role !== 'user') {
		const reason = settings.earlier.turns.length ? ': the earlier turns end with an answer' : '';
		throw emptyPrompt(input, reason);
	}
	const bodyWith = (files: readonly ChatFile[]): IDataObject => {
		for (const file of files) expectReadable({ slug, name, family }, file);
		const { earlier, json } = settings;
		const system = textOf(instruction);
		return { ...chatRequest(family, { system, prompt, earlier, files, json }), ...bodyFields };
	};
	return { ...request, inputFiles, bodyWith, body: bodyWith([]) };
}

function withoutConversation(table: ParameterTable | undefined): ParameterTable | undefined {
	return (
		table && {
			...table,
			parameters: table.parameters.filter(({ name }) => !CONVERSATION.includes(name)),
		}
	);
}

function noPlaceForFiles({ slug }: TextInput): SegmindFailure {
	return new SegmindFailure(
		'Input Files cannot be added: "messages" is set in Parameters or More Parameters (JSON), and is sent as it is',
		{
			model: slug,
			description:
				'Nothing was sent. Give earlier turns as Earlier Turns (JSON) instead, or leave Input Files empty',
		},
	);
}

/** Hints on settings that have no effect when messages are sent as is. */
function unusedSettings({ settings: { prompt, system, earlier, json } }: TextInput): string[] {
	const ignored = [
		...(prompt ? ['Prompt'] : []),
		...(system ? ['System Message'] : []),
		...(earlier.turns.length ? ['Earlier Turns'] : []),
		...(json ? ['Output Format JSON'] : []),
	];
	return ignored.length
		? [
				`"messages" is set in Parameters or More Parameters (JSON) and was sent as it is, without ${ignored.join(', ')}`,
			]
		: [];
}

function isSet(value: IDataObject[string]): boolean {
	return value !== null && value !== undefined && value !== '';
}
