import type { Random } from './random';

/** The hues (0-360) a prompt's words ask for; black, white and the like change the light instead. */
const HUES: Array<[RegExp, number]> = [
	[/\b(red|crimson|scarlet|fire|rose|fox|mars|ruby|strawberr\w*)\b/, 4],
	[/\b(orange|autumn|fall|pumpkin|desert|copper|tiger|canyon)\b/, 26],
	[/\b(gold\w*|yellow|amber|sun\w*|honey|sand|wheat|lemon)\b/, 44],
	[/\b(lime|spring|meadow|grass)\b/, 90],
	[/\b(green|forest|jungle|emerald|moss|tree\w*|frog|garden)\b/, 138],
	[/\b(teal|turquoise|lagoon|mint|aurora)\b/, 172],
	[/\b(cyan|ice|frozen|glacier|winter|snow\w*)\b/, 194],
	[/\b(blue|ocean|sea|sky|water|lake|river|rain\w*|sapphire)\b/, 214],
	[/\b(indigo|night|midnight|space|galaxy|cosmic|star\w*)\b/, 244],
	[/\b(purple|violet|lavender|dusk|magic\w*|wizard)\b/, 276],
	[/\b(magenta|neon|cyberpunk|synthwave)\b/, 312],
	[/\b(pink|blossom\w*|cherry|flamingo|candy)\b/, 338],
];

const DARK = /\b(night|midnight|dark|black|space|galaxy|moon\w*|cyberpunk|neon|star\w*)\b/;
const DUSK = /\b(dusk|dawn|sunset|sunrise|twilight|evening)\b/;

export interface Palette {
	/** Of the sky, near the zenith. */
	hue: number;
	/** Of the land or the main shapes. */
	accent: number;
	dark: boolean;
	dusk: boolean;
	colour(hue: number, saturation: number, lightness: number, alpha?: number): string;
}

/** The colours of a prompt; what it leaves open is up to `random`. */
export function paletteOf(prompt: string, random: Random): Palette {
	const words = prompt.toLowerCase();
	const asked = HUES.filter(([pattern]) => pattern.test(words)).map(([, hue]) => hue);
	const free = Math.floor(random() * 360);
	const hue = asked[0] ?? free;
	const accent = asked[1] ?? (hue + 30 + Math.floor(random() * 60)) % 360;
	return {
		hue,
		accent,
		dark: DARK.test(words),
		dusk: DUSK.test(words),
		colour: (h, s, l, alpha = 1) =>
			`hsla(${((h % 360) + 360) % 360}, ${s}%, ${Math.min(97, Math.max(3, l))}%, ${alpha})`,
	};
}
