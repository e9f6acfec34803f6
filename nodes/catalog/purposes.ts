import { canonical } from './searchText';

/**
 * What people want to do, in their words, with patterns of the models that do it, matched against slug, name and kind.
 */
const PURPOSES: Array<[phrases: string[], models: RegExp]> = [
	[
		[
			'remove background',
			'background remove',
			'rmbg',
			'transparent background',
			'cutout',
			'cut out',
		],
		/background remove|remove background|rmbg|background erase|transparent background|cutout|erase foreground/,
	],
	[
		[
			'change background',
			'replace background',
			'background replace',
			'new background',
			'background swap',
		],
		/replace background|background replace|generate background/,
	],
	[
		[
			'upscale',
			'enlarge',
			'super resolution',
			'increase resolution',
			'higher resolution',
			'bigger',
		],
		/upscale|esrgan|supir|increase (video )?resolution|flashvsr/,
	],
	[
		[
			'restore',
			'old photo',
			'fix face',
			'face restore',
			'repair',
			'unblur',
			'deblur',
			'sharpen',
			'enhance',
		],
		/codeformer|restore|face detailer|enhance image|clarity|topaz|draft enhance/,
	],
	[
		['colorize', 'black white', 'add color'],
		/kontext|nano banana|qwen image edit|p image edit|gpt image [\d ]{1,9} edit|seedream 4/,
	],
	[
		['edit image', 'image edit', 'edit photo', 'photo edit', 'retouch'],
		/kontext|nano banana|image edit|p image edit|gpt image [\d ]{1,9} edit|seedream 4|flux 2 |photo edit|image to image lite/,
	],
	[['vectorize', 'svg', 'trace'], /vectorize|svg|simple vector/],
	[
		['logo', 'icon', 'typography', 'poster', 'lettering', 'text in image', 'flyer'],
		/recraft|ideogram (3|4|v4 fast) \||vectorize|nano banana pro|gpt image (2|1 5) \|/,
	],
	[
		['anime', 'manga', 'cartoon', 'ghibli', 'toon', 'pixar'],
		/toon|comic|caricature|pony|face to many|story ?diffusion|samaritan 3d|dreamshaper/,
	],
	[
		['headshot', 'portrait', 'profile photo', 'profile picture', 'selfie', 'linkedin'],
		/instantid|pulid|profile photo|face to portrait|infinite you|insta depth|soul|generate look/,
	],
	[['comic', 'comic strip', 'storyboard'], /comic|story ?diffusion|next scene/],
	[['caricature'], /caricature/],
	[['sticker'], /sticker/],
	[['packshot'], /packshot|product cutout/],
	[['emoji'], /sticker|face to many/],
	[
		[
			'product photo',
			'product photography',
			'product shot',
			'product image',
			'ecommerce',
			'mockup',
		],
		/product|packshot|scenecraft|material transfer/,
	],
	[
		[
			'remove object',
			'object remove',
			'remove person',
			'remove text',
			'watermark',
			'erase',
			'clean up',
			'cleanup',
		],
		/(?<!background )erase(?! foreground)|gen fill|inpaint/,
	],
	[['inpaint', 'generative fill', 'mask edit'], /inpaint|gen fill|fill (dev|pro)/],
	[
		['outpaint', 'uncrop', 'expand image', 'extend image', 'expand', 'reframe', 'zoom out'],
		/outpaint|expand image|seg beyond|reframe/,
	],
	[
		['tryon', 'virtual tryon', 'outfit', 'fashion', 'dress', 'change outfit'],
		/tryon|vton|segfit|fashion/,
	],
	[
		['faceswap', 'swap face', 'deepfake', 'replace face', 'change face', 'head swap'],
		/faceswap|hyperswap/,
	],
	[
		[
			'talking head',
			'talking photo',
			'talking',
			'avatar',
			'digital human',
			'ugc',
			'presenter',
			'spokesperson',
		],
		/avatar|hallo |sadtalker|speech ?2 ?video|infinite ?talk|v express|fabric/,
	],
	[['lipsync', 'mouth', 'sync audio'], /lipsync|infinite ?talk|sadtalker|hallo |fabric|sync so/],
	[['dub', 'translate video', 'video translate'], /dub|video translate/],
	[
		['text to speech', 'tts', 'speech', 'voiceover', 'voice over', 'narration', 'read aloud'],
		/\btts\b|text to speech|speech to speech|orpheus|dialogue|\bdia\b|openvoice|seed audio/,
	],
	[['clone voice', 'voice clone', 'voice cloning'], /voice clon|openvoice|chatterbox/],
	[
		['transcribe', 'speech to text', 'stt', 'subtitle', 'caption video', 'whisper'],
		/transcribe|subtitle/,
	],
	[['music', 'song', 'soundtrack', 'melody', 'jingle', 'beat'], /music|lyria|sonilo/],
	[['sound effect', 'sfx', 'foley', 'sound'], /sound generation|video to audio|seed audio/],
	[['3d', '3d model', 'mesh', 'glb'], /\b3d\b/],
	[['describe image', 'describe', 'caption image', 'image to prompt'], /describe|llava/],
	[['ocr', 'vision', 'read image'], /describe|llava|\bvl\b|qvq/],
	[
		['segment', 'segmentation', 'mask'],
		/\bsam\d?\b|segment anything|mask generator|extract object/,
	],
	[['qr code', 'qr', 'illusion'], /illusion/],
	[
		['merge video', 'join video', 'combine video', 'concatenate', 'stitch'],
		/stitch|video merge|concatenate/,
	],
	[
		['animate', 'animate photo', 'photo to video', 'picture to video', 'bring to life'],
		/image to video|animate/,
	],
	[['realistic', 'photorealistic', 'photo realistic', 'realism'], /real(?!time)/],
	[['sketch', 'drawing', 'line art', 'lineart'], /scribble|canny|soft ?edge/],
	[['relight', 'relighting', 'lighting', 'light'], /relight|\blighting\b/],
	[['chat', 'llm', 'chatbot', 'language model', 'copywriting', 'summarize'], / text $/],
];

const byPhrase = new Map(
	PURPOSES.flatMap(([phrases, models]) =>
		phrases.map((phrase): [string, RegExp] => [canonical(phrase), models]),
	),
);

/** Longest first: "remove background" is not "background" with a word before it. */
const allPhrases = [...byPhrase.keys()].sort((a, b) => b.length - a.length);

/** Every word that occurs in a purpose. */
export const purposeWords: readonly string[] = allPhrases.flatMap((phrase) => phrase.split(' '));

/** The purposes named in a canonical text, as patterns of the models for them, and the remaining text. */
export function readPurposes(text: string): { purposes: RegExp[]; rest: string } {
	const purposes: RegExp[] = [];
	let rest = ` ${text} `;
	for (const phrase of allPhrases) {
		if (!rest.includes(` ${phrase} `)) continue;
		purposes.push(byPhrase.get(phrase) as RegExp);
		rest = rest.replace(` ${phrase} `, ' ');
	}
	return { purposes, rest: rest.trim() };
}
