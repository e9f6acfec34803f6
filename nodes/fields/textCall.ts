import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { describe } from '../api/advice';
import { SegmindFailure } from '../api/failure';
import { chatFamily, type ChatFamily } from '../catalog/chat/family';
import { samplingFields } from '../catalog/chat/sampling';
import { mainTextField } from '../catalog/mainText';
import { findModel, makesFiles, outputType } from '../catalog/models';
import { nearModels } from '../catalog/nearModels';
import { parameterTable, type ParameterTable } from '../catalog/parameters';
import { callKey, type ModelCall } from '../jobs/modelCall';
import { rarelyRead } from '../media/fileKind';
import { callFacts } from './callFacts';
import { chatBody } from './chatBody';
import { readInputFiles } from './fileRows';
import { withoutEmptyEntries } from './emptyEntries';
import { flatBody } from './flatBody';
import { readForm } from './form';
import type { ItemOptions } from './itemOptions';
import { readBodyFields } from './jsonObject';
import { merged, overruled, type Layer } from './layers';
import { expectNoLostFile } from './lostFile';
import { jsonParameters } from './optionFields';
import { readSlug } from './slug';
import { readTextWishes, type TextWishes } from './textWishes';
import { unfilledTexts } from './unevaluated';

/** A validated call of a text model. */
export interface TextCall extends ModelCall {
	json: TextWishes['json'];
}

/**
 * Reads one item into a request in the model's own format: a conversation for chat models, fields with text and files
 * for others. Throws a failure, before anything is sent, for invalid input.
 */
export function readTextCall(
	context: IExecuteFunctions,
	itemIndex: number,
	options: ItemOptions,
): TextCall {
	expectNoLostFile(context, itemIndex);
	const slug = readSlug(context, itemIndex);
	const model = findModel(slug);
	const name = model?.name ?? slug;
	if (options.checkParameters !== 'off' && model && makesFiles(model)) {
		throw new SegmindFailure(`Model: ${name} makes ${makes(slug)}, not text`, {
			model: slug,
			...describe('Nothing was sent.', {
				person:
					'Choose a language, vision or transcription model, or use the node for such files. Check Parameters Off sends it all the same.',
				agent: 'It takes a language, vision or transcription model.',
			}),
		});
	}
	const table = parameterTable(slug);
	const family = chatFamily(slug, table);
	const wishes = readTextWishes(context, itemIndex);
	const sampling = samplingFields(wishes, name, table);
	const layers = layersOf(context, itemIndex, { options, wishes, table, family });
	layers.splice(1, 0, { from: 'Options', fields: sampling.fields });
	const { body: fields, hints } = withoutEmptyEntries(merged(layers), table);
	const question = {
		slug,
		name,
		table,
		options,
		wishes,
		fields,
		rows: readInputFiles(context, itemIndex),
	};
	const { warnings, ...request } = family ? chatBody({ ...question, family }) : flatBody(question);
	return {
		...request,
		key: callKey(itemIndex, slug, request.body, request.inputFiles),
		slug,
		nearModels: () => nearModels(slug),
		...callFacts(slug, request.body, options),
		json: wishes.json,
		warnings: [
			...sampling.hints,
			...overruled(layers),
			...hints,
			...unfilledTexts(fields),
			...request.inputFiles.flatMap(({ source }) => rarelyRead(source)),
			...warnings,
			...options.warnings,
		],
	};
}

/** Prompt and system message under the field names by which the form and JSON override them. */
function layersOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{
		options,
		wishes: { prompt, system },
		table,
		family,
	}: {
		options: ItemOptions;
		wishes: TextWishes;
		table: ParameterTable | undefined;
		family: ChatFamily | undefined;
	},
): Layer[] {
	const mainText = (table && mainTextField(table)?.name) ?? 'prompt';
	const words: IDataObject = {
		...(prompt ? { [family ? 'prompt' : mainText]: prompt } : {}),
		...(system && family ? { instruction: system } : {}),
	};
	const form = readForm(context.getNodeParameter('parameters', itemIndex, {}), table);
	const json = readBodyFields(jsonParameters.displayName, options.jsonParameters);
	return [
		{ from: 'Prompt or System Message', fields: words },
		{ from: 'Parameters', fields: form },
		{ from: jsonParameters.displayName, fields: json },
	];
}

function makes(slug: string): string {
	const model = findModel(slug);
	const words = { image: 'images', video: 'videos', audio: 'audio', '3d': '3D objects' };
	return words[(model && outputType(model.kind)) as keyof typeof words] ?? 'files';
}
