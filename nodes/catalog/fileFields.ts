import { areExclusive, fileFields, type FileField } from './fileRoles';
import type { ParameterTable } from './parameters';

/** What a file is, as far as a model's field cares. */
export type FileKind = 'image' | 'video' | 'audio' | '3d';

/** A file that is to be given a field. */
export interface FileToPlace {
	/** Undefined where nothing tells: any field takes it. "other" is taken by none. */
	kind: FileKind | 'other' | undefined;
	/** Its field or name says that it is a mask. */
	isMask: boolean;
}

/**
 * Automatic: the field of a model that takes each file, by the order of roles; what the form, JSON or a row has filled
 * is left out. A mask goes to a field for masks and to no other; a list takes all that is left. Undefined for a file
 * that no field takes.
 * @param files in their order
 * @param taken fields that are filled already
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
			(one) =>
				takes(one, file) &&
				(one.isList || !filled.has(one.name)) &&
				![...filled].some((other) => areExclusive(one.name, other)),
		);
		if (field) filled.add(field.name);
		return field;
	});
}

function takes({ media, isMask }: FileField, file: FileToPlace): boolean {
	return (
		isMask === file.isMask && (file.kind === undefined || media.split(' or ').includes(file.kind))
	);
}
