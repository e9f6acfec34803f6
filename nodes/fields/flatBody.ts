import type { IDataObject } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { jsonInstruction } from '../catalog/chat/responseFormat';
import { mainTextField } from '../catalog/mainText';
import { filesForModel } from './callFiles';
import { checkedBody } from './checkedBody';
import { promptField } from './parameters';
import { messages } from './textFields';
import { emptyPrompt, textOf, type TextInput, type TextRequest } from './textInput';

/** Field names for the system text. */
const SYSTEM_FIELDS = ['instruction', 'system_prompt', 'system'];

/**
 * Builds the request of a model with separate fields for text and files: a vision, speech or unknown model. Throws a
 * failure, before anything is sent, for input the model has no field for.
 */
export function flatBody(input: TextInput): TextRequest {
	const { slug, name, table, options, settings, rows } = input;
	if (settings.earlier.turns.length) {
		throw new SegmindFailure(
			`${messages.displayName}: ${name} is not known to take earlier turns`,
			{
				model: slug,
				description:
					'Nothing was sent. Choose a chat model, or set the model’s own field in More Parameters (JSON)',
			},
		);
	}
	const mainText = table ? mainTextField(table)?.name : 'prompt';
	const prompt = mainText === undefined ? '' : textOf(input.fields[mainText]);
	const extraText = textAround(input, mainText);
	const fullPrompt = [extraText.before, prompt, extraText.after].filter(Boolean).join('\n\n');
	const body: IDataObject = {
		...input.fields,
		...extraText.fields,
		...(mainText !== undefined && fullPrompt && prompt ? { [mainText]: fullPrompt } : {}),
	};
	const filled = Object.keys(body).filter((field) => textOf(body[field]) !== '');
	const inputFiles = filesForModel(rows, { slug, table, filled, options });
	if (!table && !prompt && !Object.keys(body).length && !inputFiles.length) {
		throw emptyPrompt(input);
	}
	const checked = checkedBody(slug, table, body, inputFiles, {
		mode: options.checkParameters,
		mainTextLabel: promptField.displayName,
	});
	return {
		body: checked.body,
		inputFiles,
		prompt: prompt || null,
		warnings: [...extraText.hints, ...checked.problems.map(({ message }) => message)],
	};
}

/** The system message and the request for JSON, in a separate field or as text around the prompt. */
function textAround(
	{ slug, name, table, settings }: TextInput,
	mainText: string | undefined,
): { before: string; after: string; fields: IDataObject; hints: string[] } {
	const { system, json, earlier } = settings;
	const field = SYSTEM_FIELDS.find((candidate) =>
		table?.parameters.some((parameter) => parameter.name === candidate),
	);
	if (mainText === undefined && (json || (system && !field))) {
		const label = json ? 'Output Format JSON' : 'System Message';
		throw new SegmindFailure(`${label}: ${name} takes no text, so this cannot be sent`, {
			model: slug,
			description: 'Nothing was sent. Remove this setting, or choose another model',
		});
	}
	const { instruction } = json
		? jsonInstruction(undefined, json.schema, earlier)
		: { instruction: '' };
	return {
		before: field ? '' : system,
		after: instruction,
		fields: field && system ? { [field]: system } : {},
		hints:
			system && !field
				? [`${name} has no field for a System Message: it was put before the prompt`]
				: [],
	};
}
