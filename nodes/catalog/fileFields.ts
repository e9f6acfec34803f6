import type { ModelParameter, ParameterTable } from './parameters';

/** What a file is, as far as a model's field cares. */
export type MediaKind = NonNullable<ModelParameter['media']>;

/** The kind that a MIME type belongs to; undefined for one that no field of a model is known to take. */
export function mediaKind(mimeType: string | undefined): MediaKind | undefined {
	const [kind = ''] = (mimeType ?? '').split('/');
	return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : undefined;
}

/**
 * The field of a model that takes each file: the first one of its kind that nothing else fills; a list takes any
 * number. Undefined for a file that no field takes, as far as the table tells.
 * @param kinds of the files, in their order; undefined for one of unknown kind, which any media field takes
 * @param taken fields that are filled already
 */
export function fieldsForFiles(
	table: ParameterTable | undefined,
	kinds: ReadonlyArray<MediaKind | undefined>,
	taken: Iterable<string>,
): Array<string | undefined> {
	const filled = new Set(taken);
	return kinds.map((kind) => {
		const field = table?.parameters.find(
			({ name, media }) =>
				media && (kind === undefined || media.includes(kind)) && !filled.has(name),
		);
		if (field && field.type !== 'array') filled.add(field.name);
		return field?.name;
	});
}
