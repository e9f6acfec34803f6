/** Maximum relative error at which a size still counts as having a ratio. */
const MAX_ERROR = 0.06;

/** A ratio or size in any notation used by people and models. */
export interface Ratio {
	/** Width divided by height. */
	value: number;
	/** Width times height, in pixels; undefined for a mere ratio. */
	area?: number;
	/** The shorter side, in pixels; undefined for a mere ratio. */
	shortSide?: number;
}

/** Named sizes, such as `landscape_16_9` and `square_hd`. Source: model pages of the Ideogram and Flux families. */
const WORDS: Record<string, number> = { square: 1, portrait: 3 / 4, landscape: 4 / 3 };

/**
 * Reads "16:9", "1280x720", "1280*720", "RESOLUTION_1024_768" or "landscape_4_3"; undefined for anything else, such as
 * "auto", "2K" or "match_input_image".
 */
export function readRatio(text: unknown): Ratio | undefined {
	if (typeof text !== 'string') return undefined;
	const [, word = '', first, second] =
		/^(?:([a-z]+)[\s_-]*)?(?:hd)?(?:(\d{1,5})\s*[:x*×_/]\s*(\d{1,5}))?(?:_hd)?$/i.exec(
			text.trim(),
		) ?? [];
	const [width, height] = [Number(first), Number(second)];
	if (width > 0 && height > 0) {
		// Numbers below a hundred are a ratio, not a size. "portrait_4_3" is upright, whatever the order of its numbers.
		if (width < 100) {
			const value = width / height;
			return { value: /^portrait$/i.test(word) ? Math.min(value, 1 / value) : value };
		}
		return { value: width / height, area: width * height, shortSide: Math.min(width, height) };
	}
	const value = first === undefined ? WORDS[word.toLowerCase()] : undefined;
	return value === undefined ? undefined : { value };
}

/** Ratios with a name. */
const NAMED = ['1:1', '4:3', '3:4', '16:9', '9:16'];

/** A ratio as "16:9" for a field that takes any: a word such as "landscape_16_9" is not its own. */
export function ratioText(requested: string): string {
	const ratio = /[a-z]/i.test(requested) ? readRatio(requested) : undefined;
	const named = NAMED.find((text) => readRatio(text)?.value === ratio?.value);
	return ratio && named ? named : requested;
}

/** The relative error of a ratio. */
export function ratioError(value: number, target: number): number {
	return Math.max(value / target, target / value) - 1;
}

/** Whether a ratio is close enough to the target. */
export function isRatio(value: number, target: number): boolean {
	return ratioError(value, target) <= MAX_ERROR;
}

/**
 * The choice closest to the target ratio, and among equals the one whose area is closest to the preferred one; undefined
 * if none is close enough.
 */
export function choiceForRatio<T>(
	choices: readonly T[],
	target: number,
	preferred?: Ratio,
): T | undefined {
	const preferredArea = preferred?.area ?? 1024 * 1024;
	const distanceTo = ({ value, area = preferredArea }: Ratio) =>
		ratioError(value, target) + 0.1 * Math.abs(Math.log(area / preferredArea));
	const matching = choices.flatMap((choice) => {
		const ratio = readRatio(choice);
		return ratio && isRatio(ratio.value, target) ? [{ choice, distance: distanceTo(ratio) }] : [];
	});
	return matching.sort((a, b) => a.distance - b.distance)[0]?.choice;
}
