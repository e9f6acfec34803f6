import type { ModelParameter } from '../parameters';
import { isRatio, ratioError } from './ratio';

/** Width and height of an image, in pixels. */
export interface Sides {
	width: number;
	height: number;
}

/** The side assumed for a model whose table has no default. */
const DEFAULT_SIDE = 1024;
/**
 * Steps tried in order: 64 also satisfies steps of 8, 16 and 32, so every model accepts it within its limits. Finer
 * only if necessary.
 */
const STEPS = [64, 8, 1];

/**
 * Width and height with the given ratio and the area of the model's defaults, within its limits, steps and choices;
 * undefined if nothing is within 6 %.
 */
export function sidesOfRatio(
	ratio: number,
	width: ModelParameter,
	height: ModelParameter,
): Sides | undefined {
	const area = defaultSide(width) * defaultSide(height);
	const pairs =
		(width.choices ?? height.choices)
			? pairsOfChoices(width, height)
			: stepsOf(width, height).map((step) => scaled(ratio, area, width, height, step));
	const matching = pairs.filter(
		(sides): sides is Sides => sides !== undefined && isRatio(sides.width / sides.height, ratio),
	);
	if (!width.choices && !height.choices) return matching[0];
	const distance = (sides: Sides) =>
		ratioError(sides.width / sides.height, ratio) +
		0.1 * Math.abs(Math.log((sides.width * sides.height) / area));
	return matching.sort((a, b) => distance(a) - distance(b))[0];
}

/** Whether the field accepts a side. */
export function fitsSide(
	side: number,
	{ min, max, multipleOf = 1, choices }: ModelParameter,
): boolean {
	if (choices) return choices.some((choice) => Number(choice) === side);
	if (side % multipleOf !== 0) return false;
	return Number.isInteger(side) && side >= (min ?? 1) && side <= (max ?? Infinity);
}

function stepsOf(width: ModelParameter, height: ModelParameter): number[] {
	const fieldStep = Math.max(width.multipleOf ?? 1, height.multipleOf ?? 1);
	return fieldStep > 1 ? [fieldStep] : STEPS;
}

function defaultSide({ default: defaultValue }: ModelParameter): number {
	return typeof defaultValue === 'number' && defaultValue > 0 ? defaultValue : DEFAULT_SIDE;
}

function pairsOfChoices(width: ModelParameter, height: ModelParameter): Sides[] {
	const sidesOf = ({ choices, default: defaultValue }: ModelParameter) =>
		(choices ?? [defaultValue]).map(Number).filter((side) => side > 0);
	return sidesOf(width).flatMap((wide) =>
		sidesOf(height).map((high) => ({ width: wide, height: high })),
	);
}

/** The sides for an area and ratio, scaled down or up to respect the limits. */
function scaled(
	ratio: number,
	area: number,
	width: ModelParameter,
	height: ModelParameter,
	step: number,
): Sides | undefined {
	const wide = Math.sqrt(area * ratio);
	const high = wide / ratio;
	const shrink = Math.min(1, (width.max ?? Infinity) / wide, (height.max ?? Infinity) / high);
	const grow = Math.max(1, (width.min ?? 1) / wide, (height.min ?? 1) / high);
	const factor = shrink < 1 ? shrink : grow;
	const sides = {
		width: rounded(wide * factor, step, width),
		height: rounded(high * factor, step, height),
	};
	return fitsSide(sides.width, width) && fitsSide(sides.height, height) ? sides : undefined;
}

function rounded(side: number, step: number, { min = 1, max = Infinity }: ModelParameter): number {
	const nearest = Math.round(side / step) * step;
	if (nearest > max) return Math.floor(max / step) * step;
	return nearest < min ? Math.ceil(min / step) * step : nearest;
}
