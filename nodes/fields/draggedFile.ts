import type { IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';

import { findBinary, type FileSource } from '../media/inputFile';
import { INPUT_FILES } from './inputFiles';

/** An expression for a key of an item that tells of its file, as n8n writes it when that key is dragged into a field. */
const FACT_OF_FILE =
	/^=\s*\{\{\s*(\$[^{}\n]{1,300}?)(?:\.(url|file_name)|\[["'](url|file_name)["']\])\s*\}\}\s*$/;

/**
 * The file of an item whose `file_name`, or whose empty `url`, was dragged into a row's URL: a model that runs as one request
 * returns its file without a URL, and whoever drags either key means that file. Undefined for every other expression, and for
 * an item in which it is unclear which file is meant. Throws a failure if n8n does not give the file's content.
 * @param value the parameter's value
 * @param typed gives the parameter as typed
 */
export function draggedFile(
	context: IExecuteFunctions,
	itemIndex: number,
	value: unknown,
	typed: () => unknown,
): FileSource | undefined {
	const isEmpty = value === undefined || value === null || value === '';
	if (!isEmpty && (typeof value !== 'string' || /^\s*https?:/i.test(value))) return undefined;
	const raw = typed();
	const [, json, ...keys] = (typeof raw === 'string' && FACT_OF_FILE.exec(raw)) || [];
	if (!json || !(isEmpty || keys.includes('file_name'))) return undefined;
	if (json === '$json') {
		const { json: values, binary = {} } = context.getInputData()[itemIndex]!;
		const field = mainField(binary, values.file_name);
		if (field === undefined) return undefined;
		return { binary: findBinary(context, itemIndex, field, INPUT_FILES), field };
	}
	if (!json.endsWith('.json')) return undefined;
	const evaluate = (text: string) => context.evaluateExpression(`{{ ${text} }}`, itemIndex);
	const files = evaluate(`${json.slice(0, -'.json'.length)}.binary`) as unknown;
	const binary = (files ?? {}) as IBinaryKeyData;
	const field = mainField(binary, evaluate(`${json}.file_name`));
	if (field === undefined) return undefined;
	return { binary: findBinary(context, itemIndex, binary[field], INPUT_FILES), field: null };
}

/** The field of the file that the item's own data name: another one may be the input of a run that failed. */
function mainField(binary: IBinaryKeyData, fileName: unknown): string | undefined {
	const named = Object.keys(binary).filter((field) => binary[field]?.fileName === fileName);
	return typeof fileName === 'string' && named.length === 1 ? named[0] : undefined;
}
