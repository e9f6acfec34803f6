import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { findBinary, type FileSource } from '../media/inputFile';
import { isUnsafeName } from './fieldName';
import { fileSource, INPUT_FILES as LABEL } from './inputFiles';
import { readUrls } from './urls';
import { badValue, readChoice } from './value';

const MAX_FIELD_NAME = 100;

/** With its full label, for messages. */
const SOURCE = { ...fileSource, displayName: `${LABEL}: ${fileSource.displayName}` };

/** A file named in a row of Input Files; a row with several names yields several files. */
export interface FileRow {
	/** The model's field; empty for Automatic. */
	parameter: string;
	source: FileSource;
}

/** Reads the rows of one item and finds their files; throws a failure for a missing file. */
export function readInputFiles(context: IExecuteFunctions, itemIndex: number): FileRow[] {
	const rows = readRows(context.getNodeParameter('inputFiles', itemIndex, {}));
	return rows.flatMap(({ source: chosenSource, parameter = '', binaryField, url }) => {
		if (typeof parameter !== 'string' || !isFieldName(parameter.trim())) {
			throw badValue(`${LABEL}: Model Field`, 'the name of a field of the model', parameter);
		}
		const source = readChoice({ source: chosenSource }, SOURCE);
		const sources =
			source === 'url'
				? readUrls(`${LABEL}: URL`, url).map((entry) => ({ url: entry }))
				: fieldsOf(binaryField).map((field) => ({
						binary: findBinary(context, itemIndex, field, LABEL),
						field: typeof field === 'string' ? field : null,
					}));
		return sources.map((entry) => ({ parameter: parameter.trim(), source: entry }));
	});
}

function readRows(inputFiles: unknown): IDataObject[] {
	if (inputFiles === null || inputFiles === undefined || inputFiles === '') return [];
	const isRow = (row: unknown) => typeof row === 'object' && row !== null;
	// An expression for all rows at once may return anything; ignoring it would lose the file.
	const isEmpty = isRow(inputFiles) && !Object.keys(inputFiles).length;
	if (!isEmpty && !(isRow(inputFiles) && 'file' in (inputFiles as object))) {
		throw badValue(LABEL, 'rows of files', inputFiles);
	}
	const { file: rows = [] } = inputFiles as { file?: unknown };
	if (!Array.isArray(rows) || !rows.every(isRow)) throw badValue(LABEL, 'rows of files', rows);
	return rows as IDataObject[];
}

/** Rejects paths, URLs and file contents, and names of properties that every object has, which would be lost in copying. */
function isFieldName(name: string): boolean {
	return name.length <= MAX_FIELD_NAME && !/[/\\:;,=+\n]/.test(name) && !isUnsafeName(name);
}

/** The names in a row; an expression may return the binary itself instead. */
function fieldsOf(binaryField: unknown): unknown[] {
	if (typeof binaryField !== 'string') return [binaryField];
	const names = binaryField.split(',').map((name) => name.trim());
	const nonEmpty = names.filter((name) => name);
	return nonEmpty.length ? nonEmpty : [''];
}
