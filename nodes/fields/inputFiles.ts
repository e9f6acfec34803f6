import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { findBinary } from '../media/inputFile';
import type { FileSource } from '../media/inputFile';
import { badValue } from './value';

const LABEL = 'Input Files';

export const inputFilesField: INodeProperties = {
	displayName: LABEL,
	name: 'inputFiles',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add file',
	default: {},
	description: 'Files that the model takes as input, such as a photo or a mask',
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
						{ name: 'File of the Item', value: 'binary', description: 'A file of the input item' },
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
				{
					displayName: 'Model Parameter',
					name: 'parameter',
					type: 'string',
					default: '',
					placeholder: 'e.g. image',
					description:
						'The field of the model that takes the file. Leave it empty for the first one that takes such a file.',
				},
			],
		},
	],
};

/** One file that a row of Input Files names; a row with several names is several files. */
export interface FileRow {
	/** The model's field; empty for Automatic. */
	parameter: string;
	source: FileSource;
}

/** Reads the rows of one item and finds their files; throws a failure for a file that is not there. */
export function readInputFiles(context: IExecuteFunctions, itemIndex: number): FileRow[] {
	return rowsOf(context.getNodeParameter('inputFiles', itemIndex, {})).flatMap(
		({ source = 'binary', parameter = '', binaryField, url }) => {
			if (typeof parameter !== 'string') {
				throw badValue(`${LABEL}: Model Parameter`, 'the name of a field of the model', parameter);
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
		},
	);
}

function rowsOf(inputFiles: unknown): IDataObject[] {
	const { file: rows = [] } = (inputFiles ?? {}) as { file?: unknown };
	const isRow = (row: unknown) => typeof row === 'object' && row !== null;
	if (!Array.isArray(rows) || !rows.every(isRow)) throw badValue(LABEL, 'rows of files', rows);
	return rows as IDataObject[];
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
