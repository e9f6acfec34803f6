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
import { rarelyReadHints } from '../media/fileKind';
import { callFacts } from './callFacts';
import { chatBody } from './chatBody';
import { readInputFiles } from './fileRows';
import { withoutEmptyEntries } from './emptyEntries';
import { flatBody } from './flatBody';
import { readForm } from './form';
import type { ItemOptions } from './itemOptions';
import { readBodyFields } from './jsonObject';
import { mergeLayers, overrideHints, type Layer } from './layers';
import { expectNoFileExpression } from './fileExpression';
import { jsonParameters } from './optionFields';
import { readSlug } from './slug';
import { readTextSettings, type TextSettings } from './textSettings';
import { unfilledTextHints } from './unevaluatedExpression';

/** A validated call of a text model. */
export interface TextCall extends ModelCall {
	json: TextSettings['json'];
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
	expectNoFileExpression(context, itemIndex);
	const slug = readSlug(context, itemIndex);
	const model = findModel(slug);
	const name = model?.name ?? slug;
	if (options.checkParameters !== 'off' && model && makesFiles(model)) {
		throw new SegmindFailure(`Model: ${name} makes ${outputWords(slug)}, not text`, {
			model: slug,
			...describe('Nothing was sent.', {
				person:
					'Choose a language, vision or transcription model, or use the node for such files. To send it anyway, set Check Parameters to Off.',
				agent: 'Use a language, vision or transcription model.',
			}),
		});
	}
	const table = parameterTable(slug);
	const family = chatFamily(slug, table);
	const settings = readTextSettings(context, itemIndex);
	const sampling = samplingFields(settings, name, table);
	const layers = layersOf(context, itemIndex, { options, settings, table, family });
	layers.splice(1, 0, { from: 'Options', fields: sampling.fields });
	const { body: fields, hints } = withoutEmptyEntries(mergeLayers(layers), table);
	const input = {
		slug,
		name,
		table,
		options,
		settings,
		fields,
		rows: readInputFiles(context, itemIndex),
	};
	const { warnings, ...request } = family ? chatBody({ ...input, family }) : flatBody(input);
	return {
		...request,
		key: callKey(itemIndex, slug, request.body, request.inputFiles),
		slug,
		nearModels: () => nearModels(slug),
		...callFacts(slug, request.body, options),
		json: settings.json,
		warnings: [
			...sampling.hints,
			...overrideHints(layers),
			...hints,
			...unfilledTextHints(fields),
			...request.inputFiles.flatMap(({ source }) => rarelyReadHints(source)),
			...warnings,
			...options.warnings,
		],
	};
}

/** Prompt and system message under the field names with which the form and JSON can override them. */
function layersOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{
		options,
		settings: { prompt, system },
		table,
		family,
	}: {
		options: ItemOptions;
		settings: TextSettings;
		table: ParameterTable | undefined;
		family: ChatFamily | undefined;
	},
): Layer[] {
	const mainText = (table && mainTextField(table)?.name) ?? 'prompt';
	const textLayer: IDataObject = {
		...(prompt ? { [family ? 'prompt' : mainText]: prompt } : {}),
		...(system && family ? { instruction: system } : {}),
	};
	const form = readForm(context.getNodeParameter('parameters', itemIndex, {}), table);
	const json = readBodyFields(jsonParameters.displayName, options.jsonParameters);
	return [
		{ from: 'Prompt or System Message', fields: textLayer },
		{ from: 'Parameters', fields: form },
		{ from: jsonParameters.displayName, fields: json },
	];
}

function outputWords(slug: string): string {
	const model = findModel(slug);
	const kindNames = { image: 'images', video: 'videos', audio: 'audio', '3d': '3D objects' };
	return kindNames[(model && outputType(model.kind)) as keyof typeof kindNames] ?? 'files';
}
