import { typeOfName } from './mediaType';
import type { OutputFile } from './outputFile';

/** Keys that say nothing about a file; the surrounding keys may. */
const WRAPPERS =
	/^(outputs?|results?|data|responses?|urls?|uris?|files?|media|objects?|values?|items?|links?|href|src|b64_json|b64|base64(_data)?|bytes|generated|artifacts?|assets?|generations?|predictions?|samples?)$/;
/** Keys of chat answers, in which a text may be anything. */
const CHAT_KEYS = /^(choices|candidates|messages?|delta|contents?|parts?|inline_data|text|answer)$/;
/** Words for kinds of media. */
const MEDIA =
	/(image|img|picture|photo(?!graph)|video|movie|clip(?!board)|film|animation|gif|audio|sound|speech|(?<!in)voice|music|song|mesh|model_3d|glb|gltf|3d|mask|frame(?!work)|thumbnail|preview|poster|(?<!dis|re)cover|sticker|avatar|logo|icon|render(?!er)|svg|depth|cutout)|(^|_)(png|jpe?g|webp|mp4|webm|mov|mp3|wav|flac|ogg|obj|stl|fbx|ply|usdz|pdf|zip)(_|$)/;
/** By-products of a result. */
const BY_PRODUCT = /(mask|frame|thumbnail|preview|poster|cover|depth|cutout|waveform|original)/;

/** Echoed inputs and polling URLs, which hold no results. */
const NEVER_RESULT =
	/^((negative_|original_|revised_)?prompts?|inputs?(_.+)?|parameters?|params|request(_body)?|payload|arguments|(poll|polling|status|response|cancel|webhook|callback)_url|webhook|metrics|timings|headers)$/;
/** References of a text, whose images are not results. */
const REFERENCES =
	/^(citations?|annotations?|search_results|references|sources|grounding\w*|logs?)$/;

/** What identifies or proves something, and may look like base64. */
const OPAQUE =
	/(?:^|_|blur|thumb)(id|hash|digest|checksum|md5|sha\d*|etag|token|signature|key|fingerprint)$/;

/** A key as snake_case. */
function snake(key: string): string {
	return key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Whether nothing below this key can be a result. */
export function isNeverResult(key: string): boolean {
	return NEVER_RESULT.test(snake(key));
}

/** Whether values below this key are merely referred to. */
export function isReference(key: string): boolean {
	return REFERENCES.test(snake(key));
}

/** Whether a key leads to files at any level: a wrapper, or a word for media. */
export function leadsToFiles(key: string): boolean {
	return WRAPPERS.test(snake(key)) || MEDIA.test(snake(key));
}

/** Whether a role names an ID, a checksum or the like: even base64 under it is not a file. */
export function isOpaque(role: string | null): boolean {
	return role !== null && OPAQUE.test(role);
}

/** Whether a role names a kind of media. */
export function isMediaRole(role: string | null): boolean {
	return role !== null && MEDIA.test(role);
}

/** The role of a value under a key: the key itself, or for a wrapper the role of the surrounding field. */
export function roleUnder(key: string, parentRole: string | null): string | null {
	const snakeKey = snake(key);
	if (CHAT_KEYS.test(snakeKey)) return parentRole;
	const word = withoutFormSuffix(snakeKey).replace(/^(output|result|generated)_(?=.)/, '');
	if (WRAPPERS.test(word)) return parentRole;
	return singular(word);
}

/** Suffixes that say in which form a file comes. */
const FORM_SUFFIXES = new Set(
	'url urls uri uris link links base64 b64 file files path paths data bytes src href list'.split(
		' ',
	),
);

function withoutFormSuffix(key: string): string {
	const words = key.replaceAll('_b64_json', '_b64').split('_');
	while (words.length > 1 && FORM_SUFFIXES.has(words.at(-1) ?? '')) words.pop();
	return words.join('_');
}

/** Orders the files of a result: the main one first, by-products last. */
export function mainFirst(files: OutputFile[], main: string | null): OutputFile[] {
	const rank = (file: OutputFile) => (main !== null && file.url === main ? -1 : rankOf(file));
	return files
		.map((file, index) => ({ file, index }))
		.sort((a, b) => rank(a.file) - rank(b.file) || a.index - b.index)
		.map(({ file }) => file);
}

/** A 3D model comes with a preview, a video with its audio, audio with its cover. */
function rankOf({ role, contentType, url, fileName }: OutputFile): number {
	if (role !== null && BY_PRODUCT.test(role)) return 10;
	const type = contentType ?? typeOfName(fileName) ?? typeOfName(url) ?? '';
	const isKind = (words: RegExp, kind: string) =>
		(role !== null && words.test(role)) || type.startsWith(kind);
	if (isKind(/mesh|3d|glb|gltf/, 'model/')) return 0;
	if (isKind(/video|movie|film|clip|animation/, 'video/')) return 1;
	return isKind(/audio|sound|speech|voice|music|song/, 'audio/') ? 2 : 3;
}

function singular(word: string): string {
	if (word.endsWith('meshes')) return word.slice(0, -2);
	return MEDIA.test(word) && /[a-z]{3}s$/.test(word) ? word.slice(0, -1) : word;
}
