import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

import { findBinary, type FileSource } from '../media/inputFile';
import { badValue } from './value';

const LABEL = 'Input Files';

const MAX_FIELD_NAME = 100;

/** The input files of a model, each for a field of it. */
export const inputFilesField = rowsOf(
	{
		displayName: 'Model Field Name or ID',
		name: 'parameter',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getFileFields', loadOptionsDependsOn: ['model.value'] },
		default: '',
		description:
			'The field of the model that takes the file. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	'Files that the model takes as input, such as a photo or a mask',
);

/** The input files of a PixelFlow, whose inputs are not known here. */
export const flowFilesField = rowsOf(
	{
		displayName: 'Input Name',
		name: 'parameter',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Photo',
		description: 'The input of the PixelFlow that takes the file',
	},
	'Files that the PixelFlow takes as input',
);

function rowsOf(target: INodeProperties, description: string): INodeProperties {
	return {
		displayName: LABEL,
		name: 'inputFiles',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add file',
		default: {},
		description,
		options: [
			{
				displayName: 'File',
				name: 'file',
				values: [
					{
						displayName: 'Source',
						name: 'source',
						type: 'options',
						options: [
							{
								name: 'File of the Item',
								value: 'binary',
								description: 'A file of the input item',
							},
							{ name: 'URL', value: 'url', description: 'A file on the web' },
						],
						default: 'binary',
						description: 'Where the file is',
					},
					{
						displayName: 'Input Data Field Name',
						name: 'binaryField',
						type: 'string',
						default: 'data',
						required: true,
						placeholder: 'e.g. data',
						hint: 'The name of the input field with the file; several names separated by commas',
						displayOptions: { show: { source: ['binary'] } },
					},
					{
						displayName: 'URL',
						name: 'url',
						type: 'string',
						default: '',
						required: true,
						placeholder: 'e.g. https://example.com/photo.jpg',
						description: 'The address of the file; it must open without signing in',
						displayOptions: { show: { source: ['url'] } },
					},
					target,
				],
			},
		],
	};
}

/** n8n's hook for the list of a row: the file fields of the model that is chosen in the editor right now. */
export async function getFileFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	// Not before someone opens the list: n8n loads every node at its start.
	const { fileFieldList } = await import('../catalog/fileFieldList');
	const own = this.getCurrentNodeParameter('&parameter');
	return await fileFieldList(this, this.getCurrentNodeParameter('model'), own);
}

/** One file that a row of Input Files names; a row with several names is several files. */
export interface FileRow {
	/** The model's field; empty for Automatic. */
	parameter: string;
	source: FileSource;
}

/** Reads the rows of one item and finds their files; throws a failure for a file that is not there. */
export function readInputFiles(context: IExecuteFunctions, itemIndex: number): FileRow[] {
	const rows = readRows(context.getNodeParameter('inputFiles', itemIndex, {}));
	return rows.flatMap(({ source = 'binary', parameter = '', binaryField, url }) => {
		if (typeof parameter !== 'string' || !isFieldName(parameter.trim())) {
			throw badValue(`${LABEL}: Model Field`, 'the name of a field of the model', parameter);
		}
		if (source !== 'binary' && source !== 'url') {
			throw badValue(`${LABEL}: Source`, 'one of binary, url', source);
		}
		const sources =
			source === 'url'
				? [{ url: readUrl(url) }]
				: fieldsOf(binaryField).map((field) => ({
						binary: findBinary(context, itemIndex, field, LABEL),
						field: typeof field === 'string' ? field : null,
					}));
		return sources.map((one) => ({ parameter: parameter.trim(), source: one }));
	});
}

function readRows(inputFiles: unknown): IDataObject[] {
	const { file: rows = [] } = (inputFiles ?? {}) as { file?: unknown };
	const isRow = (row: unknown) => typeof row === 'object' && row !== null;
	if (!Array.isArray(rows) || !rows.every(isRow)) throw badValue(LABEL, 'rows of files', rows);
	return rows as IDataObject[];
}

/** Not a path, an address or the content of a file; names that every object has would be lost on the way. */
function isFieldName(name: string): boolean {
	return name.length <= MAX_FIELD_NAME && !/[/\\:;,=+\n]/.test(name) && !(name in {});
}

/** The names in a row; an expression may give the binary itself instead. */
function fieldsOf(binaryField: unknown): unknown[] {
	if (typeof binaryField !== 'string') return [binaryField];
	const names = binaryField.split(',').map((name) => name.trim());
	const given = names.filter((name) => name);
	return given.length ? given : [''];
}

function readUrl(url: unknown): string {
	const text = typeof url === 'string' ? url.trim() : '';
	if (!/^https?:\/\/\S+$/i.test(text) || !URL.canParse(text)) {
		throw badValue(`${LABEL}: URL`, 'a web address that begins with https://', url ?? '');
	}
	return text;
}
