import type { ParameterTable } from '../../nodes/catalog/parameters';
import type { FileRow } from '../../nodes/fields/fileRows';
import type { TextInput } from '../../nodes/fields/textInput';
import type { TextSettings } from '../../nodes/fields/textSettings';

export const silent: TextSettings = { system: '', prompt: '', earlier: { system: '', turns: [] } };

/** A question to a model of which nothing is known, but for what is given. */
export function inputWith(given: Partial<TextInput>): TextInput {
	return {
		slug: 'model',
		name: 'Model',
		table: undefined,
		options: { sendFilesAs: '', checkParameters: 'warn' },
		settings: silent,
		fields: {},
		rows: [],
		...given,
	};
}

/** A complete table of fields of text. */
export function tableOf(...names: string[]): ParameterTable {
	return {
		trusted: true,
		complete: true,
		parameters: names.map((name) => ({ name, type: 'string', required: false })),
	};
}

export const photo: FileRow = { parameter: '', source: { url: 'https://a.test/photo.png' } };
