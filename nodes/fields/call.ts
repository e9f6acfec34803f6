import type { IDataObject, IExecuteFunctions, ResourceMapperField } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { checkParameters, type Problem } from '../catalog/check';
import { coerce } from '../catalog/coerce';
import { allModels, findModel } from '../catalog/models';
import { readModelSlug } from '../catalog/modelSlug';
import { nearNames } from '../catalog/nearNames';
import { parameterTable, type ParameterTable } from '../catalog/parameters';
import { callKey, type ModelCall } from '../jobs/modelCall';
import type { InputFile } from '../media/inputFile';
import { readInputFiles } from './inputFiles';
import { asBody, readJsonObject } from './jsonObject';
import { badValue, type ItemOptions } from './options';

const FORM = 'Parameters';
const PARAMETERS_JSON = 'Parameters (JSON)';

/** Stands for the address of a file that is not uploaded yet. */
const FILE_TO_COME = 'https://images.segmind.com/';

/**
 * Reads model and parameters of one item into a request body: only what the user set, `prompt` below the form's or
 * JSON's fields. Throws a failure, before anything is sent, for input that cannot be right.
 */
export function readCall(
	context: IExecuteFunctions,
	itemIndex: number,
	{ checkParameters: mode }: ItemOptions,
): ModelCall {
	const read = readModelSlug(context.getNodeParameter('model', itemIndex, ''));
	if ('problem' in read) {
		throw new SegmindFailure(`Model: ${read.problem}`, { description: 'Nothing was sent' });
	}
	const { slug } = read;
	const table = parameterTable(slug);
	const body = {
		...readPrompt(context.getNodeParameter('prompt', itemIndex, '')),
		...(context.getNodeParameter('parameterMode', itemIndex, 'form') === 'json'
			? readJsonObject(PARAMETERS_JSON, context.getNodeParameter('jsonParameters', itemIndex, ''))
			: readForm(context.getNodeParameter('parameters', itemIndex, {}), table)),
	};
	const model = findModel(slug);
	const slugs = allModels().map((known) => known.slug);
	const inputFiles = readInputFiles(context, itemIndex).map((row) => ({
		...row,
		asList: table?.parameters.some(({ name, type }) => name === row.parameter && type === 'array'),
	}));
	const checked = checkedBody(slug, table, body, inputFiles, mode);
	return {
		key: callKey(itemIndex, slug, body, inputFiles),
		slug,
		body: withConcreteSeed(checked.body),
		nearModels: model ? [] : nearNames(slug, slugs, 3),
		inputFiles,
		averageSeconds: model?.averageSeconds ?? null,
		warnings: checked.problems.map(({ message }) => message),
	};
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

/** The fields that the user set in the form, in the shape in which n8n's resource mapper stores them. */
function readForm(parameters: unknown, table: ParameterTable | undefined): IDataObject {
	const { value, schema } = (parameters ?? {}) as {
		value?: IDataObject | null;
		schema?: ResourceMapperField[];
	};
	if (value && (typeof value !== 'object' || Array.isArray(value))) {
		throw badValue(FORM, 'fields with their values', value);
	}
	const described = Array.isArray(schema) ? schema.filter(Boolean) : [];
	const fields = new Map(described.map((field) => [field.id, field]));
	const known = new Map(table?.parameters.map((parameter) => [parameter.name, parameter]));
	return Object.fromEntries(
		Object.entries(asBody(FORM, value ?? {}))
			.filter(([name, set]) => isSet(set, fields.get(name)))
			.map(([name, set]) => {
				// The form has a text field for lists and objects, whether the check is on or not.
				const { type, media } = known.get(name) ?? { type: fields.get(name)?.type };
				return [name, type === 'array' || type === 'object' ? coerce({ type, media }, set) : set];
			}),
	);
}

function isSet(value: IDataObject[string], field: ResourceMapperField | undefined): boolean {
	// A field that was added to the form and left empty was not set.
	if (value === null || value === undefined || value === '') return false;
	// Older editors store "off" for every switch of the model, those that the user never added included.
	return value !== false || !field?.removed;
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
			message: `"${name}" takes one file, but Input Files has ${count} rows for it`,
			certain: trusted,
		}));
}
