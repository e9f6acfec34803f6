import type { ListedModel } from './models';

/** Purposes that people call by other words than the models do; each pattern is looked for in slug, name and kind. */
const OTHER_WORDS: Array<[pattern: RegExp, words: string]> = [
	[/\b(bg|rmbg)\b/, 'background'],
	[/\bbackground\b/, 'bg'],
	[/\b(removal|rmbg|erase|eraser)\b|transparent background/, 'remove remover removal eraser'],
	[/upscal|esrgan|supir|resolution/, 'upscale upscaler enlarge'],
	[/tryon|vton|segfit/, 'tryon clothes outfit'],
	[/\btts\b|text to speech/, 'tts speech voice'],
	[/transcript/, 'transcribe speech'],
	[/txt2img|text2image|text to image/, 't2i txt2img'],
	[/img2img|image2image|image to image/, 'i2i img2img edit'],
	[/text2video|text to video/, 't2v'],
	[/image2video|image to video/, 'i2v animate'],
	[/video2video|video to video/, 'v2v'],
	[/ text$/, 'llm chat'],
];

/** Text in the form in which texts are compared: lower case, words apart, spelling variants of a word made one. */
export function canonical(text: string): string {
	return text
		.slice(0, 200)
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.replace(/\btry on\b/g, 'tryon')
		.replace(/\bface swap/g, 'faceswap')
		.replace(/\blip sync/g, 'lipsync')
		.trim();
}

/**
 * How well a model fits what is wanted (canonical text), 0 best: exact slug or name, prefix, whole words in a row, whole
 * words, beginnings of words, parts of words, other words for the purpose. Undefined unless every word is found.
 */
export function matchRank({ slug, name, kind }: ListedModel, wanted: string): number | undefined {
	const [slugText, nameText] = [canonical(slug), canonical(name)];
	if (slugText === wanted || nameText === wanted) return 0;
	if (slugText.startsWith(wanted) || nameText.startsWith(wanted)) return 1;
	const own = ` ${slugText} ${nameText} | ${canonical(kind ?? '')}`;
	if (`${own} `.includes(` ${wanted} `)) return 2;
	const others = OTHER_WORDS.flatMap(([pattern, words]) => (pattern.test(own) ? [words] : []));
	const all = ` ${others.join(' ')} `;
	let worst = 0;
	for (const word of wanted.split(' ')) {
		const rank = wordRank(word, own, all);
		if (rank === undefined) return undefined;
		worst = Math.max(worst, rank);
	}
	return worst;
}

function wordRank(word: string, own: string, others: string): number | undefined {
	if (`${own} `.includes(` ${word} `)) return 3;
	if (own.includes(` ${word}`)) return 4;
	// A single letter or digit is part of nearly every name.
	if (word.length > 1 && own.includes(word)) return 5;
	if (others.includes(` ${word} `)) return 6;
	return undefined;
}
