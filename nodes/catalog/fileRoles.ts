import type { ModelParameter, ParameterTable } from './parameters';

/** A model's field for a file. */
export interface FileField {
	name: string;
	media: NonNullable<ModelParameter['media']>;
	isList: boolean;
	/** Whether it takes a mask, never an ordinary image. */
	isMask: boolean;
}

/**
 * The role of a field's file according to the field's name, in the order in which files are assigned: the starting
 * point, then what is inserted, then the style, then the end. Source: the model pages.
 */
const ROLES = [
	// The character of a consistent-character model; its other image only provides the pose.
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

/** The role of any other name: a reference. */
const UNKNOWN_ROLE = ROLES.findIndex((role) => role.test('reference_image'));

/** A model's file fields, in the order in which Automatic fills them (masks separately). */
export function fileFields({ parameters }: ParameterTable): FileField[] {
	const fields = parameters.flatMap(({ name, media, type }) =>
		media ? [{ name, media, isList: type === 'array', isMask: /mask/i.test(name) }] : [],
	);
	// The sort is stable: within a role the table's order is kept.
	return fields.sort((a, b) => roleOf(a) - roleOf(b));
}

function roleOf({ name, isMask }: FileField): number {
	if (isMask) return ROLES.length;
	const role = ROLES.findIndex((pattern) => pattern.test(snakeCase(name)));
	return role < 0 ? UNKNOWN_ROLE : role;
}

/** For example, prompt_image for promptImage. */
function snakeCase(name: string): string {
	return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

/**
 * Whether two fields are mutually exclusive: a video starts from a frame or is made from references. Source: page of
 * seedance-2.0.
 */
export function areExclusive(name: string, otherName: string): boolean {
	const isFrame = (field: string) => /^(first|last)_frame_url$/.test(field);
	const isReference = (field: string) => /^reference_(images|videos)$/.test(field);
	return (isFrame(name) && isReference(otherName)) || (isReference(name) && isFrame(otherName));
}
