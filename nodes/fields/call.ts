import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { checkParameters, type Problem } from '../catalog/check';
import { allModels, findModel } from '../catalog/models';
import { readModelSlug } from '../catalog/modelSlug';
import { nearNames } from '../catalog/nearNames';
import { parameterTable, type ParameterTable } from '../catalog/parameters';
import { callKey, type ModelCall } from '../jobs/modelCall';
import type { InputFile } from '../media/inputFile';
import { filesForModel } from './callFiles';
import { readForm } from './form';
import { readInputFiles } from './inputFiles';
import type { ItemOptions } from './itemOptions';
import { readJsonObject } from './jsonObject';
import { jsonParameters } from './optionFields';
import { badValue } from './value';

/** Stands for the address of a file that is not uploaded yet. */
const FILE_TO_COME = 'https://images.segmind.com/';

/**
 * Reads model, parameters and files of one item into a request body: only what the user set, the prompt below the form,
 * the form below JSON, JSON below the files. Throws a failure, before anything is sent, for input that cannot be right.
 */
export function readCall(
	context: IExecuteFunctions,
	itemIndex: number,
	options: ItemOptions,
): ModelCall {
	const read = readModelSlug(context.getNodeParameter('model', itemIndex, ''));
	if ('problem' in read) {
		throw new SegmindFailure(`Model: ${read.problem}`, { description: 'Nothing was sent' });
	}
	const { slug } = read;
	const table = parameterTable(slug);
	const layers: Layer[] = [
		{
			from: 'Prompt',
			fields: readPrompt(context.getNodeParameter('prompt', itemIndex, '')),
		},
		{
			from: 'Parameters',
			fields: readForm(context.getNodeParameter('parameters', itemIndex, {}), table),
		},
		{
			from: jsonParameters.displayName,
			fields: readJsonObject(jsonParameters.displayName, options.jsonParameters),
		},
	];
	// Object.fromEntries makes a key such as __proto__ an ordinary one.
	const body = Object.fromEntries(layers.flatMap(({ fields }) => Object.entries(fields)));
	const inputFiles = filesForModel(readInputFiles(context, itemIndex), {
		slug,
		table,
		filled: Object.keys(body).filter((name) => !isEmpty(body[name])),
		sendAs: options.sendFilesAs,
	});
	const fileNames = inputFiles.map(({ parameter }) => [parameter, ''] as const);
	layers.push({ from: 'Input Files', fields: Object.fromEntries(fileNames) });
	const model = findModel(slug);
	const slugs = allModels().map((known) => known.slug);
	const checked = checkedBody(slug, table, body, inputFiles, options.checkParameters);
	return {
		key: callKey(itemIndex, slug, body, inputFiles),
		slug,
		body: withConcreteSeed(checked.body),
		nearModels: model ? [] : nearNames(slug, slugs, 3),
		inputFiles,
		prompt: typeof body.prompt === 'string' ? body.prompt : null,
		averageSeconds: model?.averageSeconds ?? null,
		warnings: [
			...overruled(layers),
			...checked.problems.map(({ message }) => message),
			...options.warnings,
		],
	};
}

/** Null is how JSON says "not set". */
function isEmpty(value: IDataObject[string]): boolean {
	return value === null || value === undefined || value === '';
}

/** Fields of the request that come from one place of the panel. */
interface Layer {
	from: string;
	fields: IDataObject;
}

/** Hints on values that a later place of the panel overrules. */
function overruled(layers: readonly Layer[]): string[] {
	return layers.flatMap(({ from, fields }, at) =>
		Object.keys(fields).flatMap((name) => {
			const winner = layers.slice(at + 1).findLast((layer) => Object.hasOwn(layer.fields, name));
			return winner
				? [`"${name}" is set in ${from} and in ${winner.from}: the latter was sent`]
				: [];
		}),
	);
}

/** A seed of -1 means "random"; a concrete one makes the same picture again. */
function withConcreteSeed(body: IDataObject): IDataObject {
	const { seed } = body;
	const isRandom = (typeof seed === 'number' || typeof seed === 'string') && Number(seed) === -1;
	return isRandom ? { ...body, seed: Math.floor(Math.random() * 2 ** 31) } : body;
}

function readPrompt(prompt: unknown): IDataObject {
	if (prompt === null || prompt === undefined || prompt === '') return {};
	if (typeof prompt === 'object') throw badValue('Prompt', 'a text', prompt);
	return { prompt: String(prompt) };
}

function checkedBody(
	slug: string,
	table: ParameterTable | undefined,
	body: IDataObject,
	inputFiles: InputFile[],
	mode: ItemOptions['checkParameters'],
): { body: IDataObject; problems: Problem[] } {
	if (mode === 'off' || !table) return { body, problems: [] };
	// The addresses of the files are not known before they are uploaded; that they will be there is.
	const files = Object.fromEntries(
		inputFiles.map(({ parameter, asList }) => [parameter, asList ? [FILE_TO_COME] : FILE_TO_COME]),
	);
	const modelName = findModel(slug)?.name ?? slug;
	const checked = checkParameters(table, { ...body, ...files }, { modelName });
	const problems = [...checked.problems, ...tooManyFiles(table, inputFiles)];
	const certain = problems.filter((problem) => problem.certain);
	if (mode === 'error' && certain.length) {
		throw new SegmindFailure(certain.map(({ message }) => message).join('; '), {
			model: slug,
			description:
				'Nothing was sent. Correct the field, or set the option Check Parameters to Warn or Off',
		});
	}
	const own = Object.entries(checked.body).filter(([name]) => !Object.hasOwn(files, name));
	return { body: Object.fromEntries(own) as IDataObject, problems };
}

function tooManyFiles({ parameters, trusted }: ParameterTable, inputFiles: InputFile[]): Problem[] {
	return parameters
		.filter(({ type }) => type !== 'array')
		.map(({ name }) => ({
			name,
			count: inputFiles.filter(({ parameter }) => parameter === name).length,
		}))
		.filter(({ count }) => count > 1)
		.map(({ name, count }) => ({
			parameter: name,
			message: `"${name}" takes one file, but Input Files has ${count} files for it`,
			certain: trusted,
		}));
}
