import type { ModelParameter, ParameterTable } from './parameters';

/** A field of a model that takes a file. */
export interface FileField {
	name: string;
	media: NonNullable<ModelParameter['media']>;
	isList: boolean;
	/** It takes a mask, never a picture. */
	isMask: boolean;
}

/**
 * What a field's name says of the part its file plays, in the order in which files are given out: what the work starts
 * from, then what is put into it, then what it looks like, then where it ends. Source: the model pages.
 */
const ROLES = [
	// The character of a model that keeps it the same; its other picture is only posed after.
	/^ip_/,
	/^((input|init|main|base|front|start|prompt)_?)?(image|img|photo|picture|video|audio)s?(_?(1|urls?|uri|input|file))*$|^(first|start)_(frame|image)|^(video|audio)_(input|url)$|^input_reference$/,
	/^(person|human|face|model|input_face|identity|subject|character)_/,
	/^(product|object)_/,
	/^source/,
	/^target|_to_become$/,
	/^(garm|garment|cloth|clothing|outfit)/,
	/^(ref|reference|pose|control|composition|material|back|left|right|driving)_|_\d+$|\d$/,
	/^style/,
	/^background/,
	/^(last|end)_/,
];

/** The role of a name that says none: one of the references. */
const UNKNOWN_ROLE = ROLES.findIndex((role) => role.test('reference_image'));

/** The fields of a model that take files, masks aside in the order in which Automatic fills them. */
export function fileFields({ parameters }: ParameterTable): FileField[] {
	const fields = parameters.flatMap(({ name, media, type }) =>
		media ? [{ name, media, isList: type === 'array', isMask: /mask/i.test(name) }] : [],
	);
	// A stable sort: within a role the table's order holds.
	return fields.sort((a, b) => roleOf(a) - roleOf(b));
}

function roleOf({ name, isMask }: FileField): number {
	if (isMask) return ROLES.length;
	const role = ROLES.findIndex((pattern) => pattern.test(wordsOf(name)));
	return role < 0 ? UNKNOWN_ROLE : role;
}

/** promptImage as prompt_image. */
function wordsOf(name: string): string {
	return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Whether two fields exclude each other: a video starts from a frame or is made from references. Source: page of seedance-2.0. */
export function areExclusive(one: string, other: string): boolean {
	const isFrame = (name: string) => /^(first|last)_frame_url$/.test(name);
	const isReference = (name: string) => /^reference_(images|videos)$/.test(name);
	return (isFrame(one) && isReference(other)) || (isReference(one) && isFrame(other));
}
