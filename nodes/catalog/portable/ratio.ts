/** Maximum error at which a size still counts as having a ratio. */
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
		/^([a-z]*)[\s_-]*(?:hd)?(?:(\d{1,5})\s*[:x*×_/]\s*(\d{1,5}))?(?:_hd)?$/i.exec(text.trim()) ??
		[];
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

/** The relative error of a ratio. */
export function ratioError(value: number, wanted: number): number {
	return Math.max(value / wanted, wanted / value) - 1;
}

/** Whether a ratio is close enough to the wanted one. */
export function isRatio(value: number, wanted: number): boolean {
	return ratioError(value, wanted) <= MAX_ERROR;
}

/**
 * The choice with the wanted ratio, or undefined if there is none: the nearest in ratio, then the one whose area is
 * nearest to the usual.
 */
export function choiceOfRatio<T>(
	choices: readonly T[],
	wanted: number,
	usual?: Ratio,
): T | undefined {
	const usualArea = usual?.area ?? 1024 * 1024;
	const distance = ({ value, area = usualArea }: Ratio) =>
		ratioError(value, wanted) + 0.1 * Math.abs(Math.log(area / usualArea));
	const fitting = choices.flatMap((choice) => {
		const ratio = readRatio(choice);
		return ratio && isRatio(ratio.value, wanted) ? [{ choice, far: distance(ratio) }] : [];
	});
	return fitting.sort((a, b) => a.far - b.far)[0]?.choice;
}
