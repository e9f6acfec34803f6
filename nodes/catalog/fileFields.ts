import { areExclusive, fileFields, type FileField } from './fileRoles';
import type { ParameterTable } from './parameters';

/** The file kinds that matter to a model's field. */
export type FileKind = 'image' | 'video' | 'audio' | '3d';

/** A file to be assigned to a field. */
export interface FileToPlace {
	/** Undefined if unknown: any field accepts it. No field accepts "other". */
	kind: FileKind | 'other' | undefined;
	/** Its item field or file name identifies it as a mask. */
	isMask: boolean;
}

/**
 * Automatic: assigns each file to a field of the model in the order of roles, skipping fields filled by the form, JSON
 * or a row. A mask goes only to a mask field; a list takes all remaining files. Undefined for a file that no field
 * accepts.
 * @param files in order
 * @param taken fields that are already filled
 */
export function fieldsForFiles(
	table: ParameterTable,
	files: readonly FileToPlace[],
	taken: Iterable<string>,
): Array<FileField | undefined> {
	const filled = new Set(taken);
	const fields = fileFields(table).filter(({ name }) => !filled.has(name));
	return files.map((file) => {
		const field = fields.find(
			(candidate) =>
				accepts(candidate, file) &&
				(candidate.isList || !filled.has(candidate.name)) &&
				![...filled].some((other) => areExclusive(candidate.name, other)),
		);
		if (field) filled.add(field.name);
		return field;
	});
}

function accepts({ media, isMask }: FileField, file: FileToPlace): boolean {
	return (
		isMask === file.isMask && (file.kind === undefined || media.split(' or ').includes(file.kind))
	);
}
