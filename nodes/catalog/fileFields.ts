import type { ModelParameter, ParameterTable } from './parameters';

/** What a file is, as far as a model's field cares. */
export type MediaKind = NonNullable<ModelParameter['media']>;

/** What n8n and web servers call a file whose type they do not know. */
const UNKNOWN_TYPES = /^(application\/octet-stream|binary\/octet-stream|text\/plain)\b/i;

/** The kind that a MIME type belongs to: `other` for one that no field takes, undefined for one that tells nothing. */
export function mediaKind(mimeType: string | undefined): MediaKind | 'other' | undefined {
	if (!mimeType || UNKNOWN_TYPES.test(mimeType)) return undefined;
	const kind = mimeType.split('/')[0]?.toLowerCase();
	return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'other';
}

/**
 * The field of a model that takes each file: the first one of its kind that nothing else fills; a list takes any
 * number. Undefined for a file that no field takes, as far as the table tells.
 * @param kinds of the files, in their order; undefined for one of unknown kind, which any media field takes
 * @param taken fields that are filled already
 */
export function fieldsForFiles(
	table: ParameterTable | undefined,
	kinds: ReadonlyArray<ReturnType<typeof mediaKind>>,
	taken: Iterable<string>,
): Array<string | undefined> {
	const filled = new Set(taken);
	return kinds.map((kind) => {
		const field = table?.parameters.find(
			({ name, media }) => media && (kind === undefined || media === kind) && !filled.has(name),
		);
		if (field && field.type !== 'array') filled.add(field.name);
		return field?.name;
	});
}
