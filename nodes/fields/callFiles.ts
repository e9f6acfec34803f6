import { describe } from '../api/advice';
import { SegmindFailure } from '../api/failure';
import { shorten } from '../api/quote';
import { fieldTitle } from '../catalog/fieldTitle';
import { fieldsForFiles, type FileToPlace } from '../catalog/fileFields';
import { mainTextField } from '../catalog/mainText';
import { fieldLabels } from '../catalog/label';
import { findModel } from '../catalog/models';
import type { ModelParameter, ParameterTable } from '../catalog/parameters';
import { fileKind, isNamedMask } from '../media/fileKind';
import { nameOfSource, type FileSource, type InputFile } from '../media/inputFile';
import type { FileRow } from './fileRows';
import type { ItemOptions } from './itemOptions';

/** What determines the model's fields for the files. */
interface Target {
	slug: string;
	table: ParameterTable | undefined;
	/** Fields filled by the form or JSON. */
	filled: readonly string[];
	options: Pick<ItemOptions, 'sendFilesAs' | 'checkParameters'>;
}

/**
 * Assigns each file to a field of the model: the one named in its row, else the one that Automatic finds. Throws a
 * failure, before anything is sent, for a file that no field accepts.
 */
export function filesForModel(rows: readonly FileRow[], target: Target): InputFile[] {
	const { slug, table, filled, options } = target;
	const named = rows.map((row) => ({ ...row, parameter: fieldOfRow(row, target) }));
	const automatic = named.filter(({ parameter }) => !parameter);
	const filledFields = [...filled, ...named.map(({ parameter }) => parameter)];
	const fields = table ? fieldsForFiles(table, automatic.map(fileToPlace), filledFields) : [];
	return named.map((row) => {
		const parameter = row.parameter || fields[automatic.indexOf(row)]?.name;
		if (!parameter) throw noField(row.source, slug, table);
		return {
			parameter,
			source: row.source,
			sendAs: options.sendFilesAs || 'url',
			asList: table?.parameters.some(({ name, type }) => name === parameter && type === 'array'),
		};
	});
}

function fileToPlace({ source }: FileRow): FileToPlace {
	return { kind: fileKind(source), isMask: isNamedMask(source) };
}

/** The field named in a row, by its name, its title in the list, or its label in the form; empty for Automatic. */
function fieldOfRow(
	{ parameter }: FileRow,
	{ slug, table, options: { checkParameters } }: Target,
): string {
	const fields = table?.parameters ?? [];
	if (!parameter) return '';
	const field = fields.find(({ name }) => name === parameter) ?? fieldByLabel(parameter, fields);
	if (!field && parameter.toLowerCase() === 'automatic') return '';
	const isChecked = table?.trusted && checkParameters !== 'off';
	const isWrong = field ? takesNoFile(field, table) : table?.complete;
	if (isChecked && isWrong) {
		const files = fields.filter(({ media }) => media).map(({ name }) => `"${name}"`);
		throw new SegmindFailure(
			field
				? `Input Files: ${nameOfModel(slug)} takes no file in its field "${field.name}"`
				: `Input Files: ${nameOfModel(slug)} has no field "${shorten(parameter)}"`,
			{
				model: slug,
				...describe(
					'Nothing was sent.',
					files.length
						? {
								person: `Its fields for files are ${files.join(', ')}: choose one, or Automatic.`,
								agent: `Its fields for files are ${files.join(', ')}.`,
							}
						: { person: 'It takes no files: choose another model.', agent: 'It takes no files.' },
					{ person: 'To send it anyway, set Check Parameters to Off.', agent: '' },
				),
			},
		);
	}
	return field?.name ?? parameter;
}

/** Whether a field is certainly for something else: a number, a switch, a choice, or the prompt. */
function takesNoFile(field: ModelParameter, table: ParameterTable | undefined): boolean {
	const { media, type, choices } = field;
	if (media) return false;
	const isText = type === 'string' || type === 'array' || type === 'object';
	return !isText || choices !== undefined || (table && mainTextField(table)) === field;
}

/** The field with such a name in another spelling, else with such a title, else with such a label in the form. */
function fieldByLabel(
	label: string,
	fields: readonly ModelParameter[],
): ModelParameter | undefined {
	const names = fields.map(({ name }) => name);
	const spellings = [names, names.map(fieldTitle), fieldLabels(fields)];
	const positions = spellings.map((texts) => texts.map(plain).indexOf(plain(label)));
	return fields[positions.find((position) => position >= 0) ?? -1];
}

/** Letters and digits in lower case: the form's labels have stars, and people mix up separators. */
function plain(text: string): string {
	return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function noField(
	source: FileSource,
	slug: string,
	table: ParameterTable | undefined,
): SegmindFailure {
	const file = nameOfSource(source);
	// A page that was not read in full may name fields for files that the table lacks.
	const isKnown = table && (table.complete || table.parameters.some(({ media }) => media));
	return new SegmindFailure(
		isKnown
			? `Input Files: ${nameOfModel(slug)} has no free field for ${file}`
			: `Input Files: it is not known which field of ${nameOfModel(slug)} takes ${file}`,
		{
			model: slug,
			...describe('Nothing was sent.', {
				person: `Choose or enter the field in Model Field of that row; the API tab of the model’s page lists them: https://www.segmind.com/models/${slug}/api`,
				agent: 'Tell the user, who has to name the field.',
			}),
		},
	);
}

function nameOfModel(slug: string): string {
	return findModel(slug)?.name ?? slug;
}
