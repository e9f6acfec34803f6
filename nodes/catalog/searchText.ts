/** Unifies spelling variants in models' names and in queries; applied to both, in this order. */
const VARIANTS: Array<[pattern: RegExp, word: string]> = [
	[/\b(txt|text) ?2 ?(img|image)\b|\bt2i\b/g, 'text to image'],
	[/\b(img|image) ?2 ?(img|image)\b|\bi2i\b/g, 'image to image'],
	[/\b(txt|text) ?2 ?(vid|video)\b|\bt2v\b/g, 'text to video'],
	[/\b(img|image) ?2 ?(vid|video)\b|\bi2v\b/g, 'image to video'],
	[/\bvideo ?2 ?video\b|\bv2v\b/g, 'video to video'],
	[/\btry on\b/g, 'tryon'],
	[/\bface ?swap(s|per|ping)?\b/g, 'faceswap'],
	[/\blip ?sync(ing|ed)?\b/g, 'lipsync'],
	[/\b(in|out) paint/g, '$1paint'],
	[/\b(in|out)paint(ing|ed)?\b/g, '$1paint'],
	[/\bup scal/g, 'upscal'],
	[/\bupscal(er|ers|ing|ed)\b/g, 'upscale'],
	[/\bremov(al|er|ing|ed)\b/g, 'remove'],
	[/\beras(er|ing|ed)\b/g, 'erase'],
	[/\bbg\b/g, 'background'],
	[/\brestor(ation|er|ing|ed)\b/g, 'restore'],
	[/\bcolou?ri[sz](e|er|ing|ation)\b/g, 'colorize'],
	[/\bvectori[sz](e|er|ing|ation)\b|\bvectors?\b/g, 'vectorize'],
	[/\btranscri(be|ber|bing|pt|pts|ption)\b/g, 'transcribe'],
	[/\btranslat(e|or|ing|ion)\b/g, 'translate'],
	[/\bdub(bed|bing)\b/g, 'dub'],
	[/\bedit(or|ing|s)\b/g, 'edit'],
	[
		/\b(avatar|effect|logo|sticker|cartoon|comic|headshot|portrait|subtitle|caption|song|face|photo|picture|video|image)s\b/g,
		'$1',
	],
	[/\b(cloth|clothes|clothing|garment|outfit)s?\b/g, 'outfit'],
];

/** A quick check, since most names have none of these words and a live list may have thousands of names. */
const ANY_VARIANT = new RegExp(VARIANTS.map(([pattern]) => pattern.source).join('|'));

/** Normalises a text for comparison: lower case, separate words, unified spelling variants. */
export function canonical(text: string): string {
	let result = text
		.slice(0, 200)
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
	if (!ANY_VARIANT.test(result)) return result;
	for (const [pattern, word] of VARIANTS) result = result.replace(pattern, word);
	return result;
}
