import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { allBinaries, findBinary, type FileSource } from '../media/inputFile';
import { draggedFile } from './draggedFile';
import { isUnsafeName } from './fieldName';
import { expectNoEmptyPart } from './fieldNameExpression';
import { fileSource, INPUT_FILES as LABEL } from './inputFiles';
import { readUrls } from './urls';
import { badValue, readChoice } from './value';

const MAX_FIELD_NAME = 100;

/** With its full label, for messages. */
const SOURCE = { ...fileSource, displayName: `${LABEL}: ${fileSource.displayName}` };

const OTHER_WAY =
	'Enter these names with commas between them, or set Source to All Files of the Item';

/** A file named in a row of Input Files; a row with several names yields several files. */
export interface FileRow {
	/** The model's field; empty for Automatic. */
	parameter: string;
	source: FileSource;
}

/** Reads the rows of one item and finds their files; throws a failure for a missing file. */
export function readInputFiles(context: IExecuteFunctions, itemIndex: number): FileRow[] {
	const rows = readRows(context.getNodeParameter('inputFiles', itemIndex, {}));
	return rows.flatMap((row, rowIndex) => {
		const { parameter = '' } = row;
		if (typeof parameter !== 'string' || !isFieldName(parameter.trim())) {
			throw badValue(`${LABEL}: Model Field`, 'the name of a field of the model', parameter);
		}
		const sources = sourcesOf(context, itemIndex, row, () => rawRow(context, rowIndex));
		return sources.map((source) => ({ parameter: parameter.trim(), source }));
	});
}

/** The files of one row. `raw` gives the row with its expressions as typed, at the cost of a copy of the node. */
function sourcesOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{ source, binaryField, url }: IDataObject,
	raw: () => IDataObject,
): FileSource[] {
	switch (readChoice({ source }, SOURCE)) {
		case 'url': {
			const file = draggedFile(context, itemIndex, url, () => raw().url);
			return file ? [file] : readUrls(`${LABEL}: URL`, url).map((entry) => ({ url: entry }));
		}
		case 'allBinaries':
			return allBinaries(context, itemIndex, LABEL);
		default:
			expectNoEmptyPart(binaryField, () => raw().binaryField);
			return fieldsOf(binaryField).map((field) => ({
				binary: findBinary(context, itemIndex, field, LABEL, OTHER_WAY),
				field: typeof field === 'string' ? field : null,
			}));
	}
}

/** A row as it stands in the node; empty where the rows as a whole are an expression. */
function rawRow(context: IExecuteFunctions, rowIndex: number): IDataObject {
	const { inputFiles } = (context.getNode().parameters ?? {}) as IDataObject;
	const rows = (inputFiles as IDataObject | undefined)?.file;
	return (Array.isArray(rows) && (rows[rowIndex] as IDataObject | undefined)) || {};
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
