import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { mainTextField } from '../catalog/mainText';
import { findModel } from '../catalog/models';
import { nearModels } from '../catalog/nearModels';
import { parameterTable, type ParameterTable } from '../catalog/parameters';
import {
	translateSettings,
	untranslatedSettings,
	type PortableSettings,
} from '../catalog/portable/settings';
import { randomSeed } from '../catalog/portable/seed';
import type { Translation } from '../catalog/portable/translation';
import { callKey, type ModelCall } from '../jobs/modelCall';
import { rarelyReadHints } from '../media/fileKind';
import { callFacts, isRandom } from './callFacts';
import { filesForModel } from './callFiles';
import { checkedBody } from './checkedBody';
import { withoutEmptyEntries } from './emptyEntries';
import { readForm } from './form';
import { readInputFiles } from './fileRows';
import type { ItemOptions } from './itemOptions';
import { readBodyFields } from './jsonObject';
import { mergeLayers, overrideHints, type Layer } from './layers';
import { expectNoFileExpression } from './fileExpression';
import { jsonParameters } from './optionFields';
import { promptField } from './parameters';
import { readPortableSettings } from './portable';
import { readSlug } from './slug';
import { unfilledTextHints } from './unevaluatedExpression';
import { readTextParameter } from './textParameter';

/**
 * Reads model, parameters and files of one item into a request body: only what the user set, in the model's own fields.
 * Prompt, portable settings, form, JSON, files: later ones override earlier ones. Throws a failure, before anything is
 * sent, for invalid input.
 */
export function readCall(
	context: IExecuteFunctions,
	itemIndex: number,
	options: ItemOptions,
	mainTextLabel = promptField.displayName,
): ModelCall {
	expectNoFileExpression(context, itemIndex);
	const slug = readSlug(context, itemIndex);
	const table = parameterTable(slug);
	const mainText = (table && mainTextField(table)?.name) ?? 'prompt';
	const settings = readPortableSettings(context, itemIndex, options.portable);
	const portable = translateForModel(settings, slug, table);
	const layers: Layer[] = [
		{
			from: mainTextLabel,
			fields: readPrompt(context, itemIndex, mainText, mainTextLabel),
		},
		{ from: 'the settings above', fields: portable.fields },
		{
			from: 'Parameters',
			fields: readForm(context.getNodeParameter('parameters', itemIndex, {}), table),
		},
		{
			from: jsonParameters.displayName,
			fields: readBodyFields(jsonParameters.displayName, options.jsonParameters),
		},
	];
	const { body, hints } = withoutEmptyEntries(mergeLayers(layers), table);
	const inputFiles = filesForModel(readInputFiles(context, itemIndex), {
		slug,
		table,
		filled: Object.keys(body).filter((name) => !isEmpty(body[name])),
		options,
	});
	const fileNames = inputFiles.map(({ parameter }) => [parameter, ''] as const);
	layers.push({ from: 'Input Files', fields: Object.fromEntries(fileNames) });
	const checked = checkedBody(slug, table, withConcreteSeed(body, table), inputFiles, {
		mode: options.checkParameters,
		mainTextLabel,
	});
	return {
		key: callKey(itemIndex, slug, body, inputFiles),
		slug,
		body: checked.body,
		nearModels: () => nearModels(slug),
		inputFiles,
		maxBytes: options.maxBytes,
		prompt: textOrNull(body[mainText]),
		...callFacts(slug, body, options),
		warnings: [
			...portable.hints,
			...overrideHints(layers),
			...hints,
			...unfilledTextHints(body),
			...inputFiles.flatMap(({ source }) => rarelyReadHints(source)),
			...checked.problems.map(({ message }) => message),
			...options.warnings,
		],
	};
}

/** Null is how JSON says "not set". */
function isEmpty(value: IDataObject[string]): boolean {
	return value === null || value === undefined || value === '';
}

/**
 * The portable settings as the model's fields; throws a failure for one that affects the price and cannot be honoured.
 */
function translateForModel(
	settings: PortableSettings,
	slug: string,
	table: ParameterTable | undefined,
): Translation {
	const name = findModel(slug)?.name ?? slug;
	const portable = table
		? translateSettings(settings, { name, table })
		: untranslatedSettings(settings, name);
	if (portable.problems.length) {
		throw new SegmindFailure(portable.problems.join('; '), {
			model: slug,
			description: 'Nothing was sent. Change the setting, leave it empty, or choose another model',
		});
	}
	return portable;
}

/** Replaces a seed of -1 ("random") by a concrete one, which reproduces the same image. */
function withConcreteSeed(body: IDataObject, table: ParameterTable | undefined): IDataObject {
	return isRandom(body.seed) ? { ...body, seed: randomSeed(table, Math.random) } : body;
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}

function readPrompt(
	context: IExecuteFunctions,
	itemIndex: number,
	mainText: string,
	label: string,
): IDataObject {
	const prompt = readTextParameter(
		label,
		context.getNodeParameter(promptField.name, itemIndex, ''),
	);
	return prompt ? { [mainText]: prompt } : {};
}
