import { SegmindFailure } from '../api/failure';
import { fieldsForFiles, mediaKind } from '../catalog/fileFields';
import { findModel } from '../catalog/models';
import type { ParameterTable } from '../catalog/parameters';
import { typeOfName } from '../media/fileType';
import { nameOfSource, type FileSource, type InputFile } from '../media/inputFile';
import type { FileRow } from './inputFiles';
import type { ItemOptions } from './itemOptions';

/** What the fields of a model's files depend on. */
interface Target {
	slug: string;
	table: ParameterTable | undefined;
	/** Fields that the form or JSON fills. */
	filled: readonly string[];
	sendAs: ItemOptions['sendFilesAs'];
}

/**
 * Gives each file its field of the model: the one that its row names, else the first that takes such a file. Throws a
 * failure, before anything is sent, for a file that no field takes.
 */
export function filesForModel(
	rows: readonly FileRow[],
	{ slug, table, filled, sendAs }: Target,
): InputFile[] {
	const automatic = rows.filter(({ parameter }) => !parameter);
	const named = rows.map(({ parameter }) => parameter).filter((name) => name);
	const kinds = automatic.map(({ source }) => kindOf(source));
	const fields = fieldsForFiles(table, kinds, [...filled, ...named]);
	return rows.map((row) => {
		const parameter = row.parameter || fields[automatic.indexOf(row)];
		if (!parameter) throw noField(row.source, slug, table);
		return {
			parameter,
			source: row.source,
			sendAs: sendAs || 'url',
			asList: table?.parameters.some(({ name, type }) => name === parameter && type === 'array'),
		};
	});
}

function kindOf(source: FileSource): ReturnType<typeof mediaKind> {
	if ('url' in source) return mediaKind(typeOfName(source.url));
	const { mimeType, fileName } = source.binary;
	return mediaKind(mimeType) ?? mediaKind(typeOfName(fileName ?? ''));
}

function noField(
	source: FileSource,
	slug: string,
	table: ParameterTable | undefined,
): SegmindFailure {
	const model = findModel(slug)?.name ?? slug;
	const file = nameOfSource(source);
	return new SegmindFailure(
		table
			? `Input Files: ${model} has no free field for ${file}`
			: `Input Files: it is not known which field of ${model} takes ${file}`,
		{
			model: slug,
			description: `Nothing was sent. Enter the name of the field in Model Parameter of that row; the API tab of the model's page lists them: https://www.segmind.com/models/${slug}/api`,
		},
	);
}
