import type { IDataObject } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { chatRequest } from '../catalog/chat/chatRequest';
import type { ChatFamily } from '../catalog/chat/family';
import type { ChatFile } from '../catalog/chat/turn';
import type { ParameterTable } from '../catalog/parameters';
import { expectReadable, filesForChat, namedFields } from './chatFiles';
import { checkedBody } from './checkedBody';
import { promptField } from './parameters';
import { emptyPrompt, textOf, type TextQuestion, type TextRequest } from './textQuestion';

/** Fields that hold the conversation; they are not checked against the table. */
const CONVERSATION = ['prompt', 'instruction', 'messages', 'response_format'];

/**
 * Builds the request of a chat model in its family's format. Throws a failure, before anything is sent, for input that
 * cannot be sent.
 */
export function chatBody(question: TextQuestion & { family: ChatFamily }): TextRequest {
	const { slug, name, family, table, options, wishes, rows } = question;
	const { prompt: promptValue, instruction, messages, ...others } = question.fields;
	const { response_format: responseFormat, ...settings } = others;
	const inputFiles = filesForChat(rows, question, options);
	const checked = checkedBody(slug, withoutConversation(table), settings, [], {
		mode: options.checkParameters,
		mainTextLabel: promptField.displayName,
	});
	const request = {
		warnings: [...namedFields(rows, question), ...checked.problems.map(({ message }) => message)],
		prompt: textOf(promptValue) || null,
	};
	const own = { ...checked.body, ...(responseFormat ? { response_format: responseFormat } : {}) };
	if (isSet(messages)) {
		if (rows.length) throw noPlace(question);
		const given: IDataObject = { ...own, messages };
		if (isSet(instruction)) given.instruction = instruction;
		return {
			...request,
			inputFiles,
			body: given,
			warnings: [...request.warnings, ...unused(question)],
		};
	}
	const prompt = textOf(promptValue);
	if (!prompt && !inputFiles.length && wishes.earlier.turns.at(-1)?.role !== 'user') {
		const ends = wishes.earlier.turns.length ? ': the earlier turns end with an answer' : '';
		throw emptyPrompt(question, ends);
	}
	const bodyWith = (files: readonly ChatFile[]): IDataObject => {
		for (const file of files) expectReadable({ slug, name, family }, file);
		const { earlier, json } = wishes;
		const system = textOf(instruction);
		return { ...chatRequest(family, { system, prompt, earlier, files, json }), ...own };
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

function noPlace({ slug }: TextQuestion): SegmindFailure {
	return new SegmindFailure(
		'Input Files have no place: "messages" is set in Parameters or More Parameters (JSON), and is sent as it is',
		{
			model: slug,
			description:
				'Nothing was sent. Give earlier turns as Earlier Turns (JSON) instead, or leave Input Files empty',
		},
	);
}

/** Hints on settings that have no effect when messages are sent as is. */
function unused({ wishes: { prompt, system, earlier, json } }: TextQuestion): string[] {
	const lost = [
		...(prompt ? ['Prompt'] : []),
		...(system ? ['System Message'] : []),
		...(earlier.turns.length ? ['Earlier Turns'] : []),
		...(json ? ['the wish for JSON'] : []),
	];
	return lost.length
		? [
				`"messages" is set in Parameters or More Parameters (JSON) and was sent as it is, without ${lost.join(', ')}`,
			]
		: [];
}

function isSet(value: IDataObject[string]): boolean {
	return value !== null && value !== undefined && value !== '';
}
