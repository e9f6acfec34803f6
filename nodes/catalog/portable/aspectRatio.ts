import type { ModelParameter, ParameterTable } from '../parameters';
import { choiceOfRatio, isRatio, readRatio } from './ratio';
import { fitsSide, sidesOfRatio, type Sides } from './sides';
import { leftOut, met, type Translation } from './translation';

/** The model for which a setting is translated. */
export interface TargetModel {
	/** Its display name, for messages. */
	name: string;
	table: ParameterTable;
}

/** Fields that take a ratio, or a named size. Source: the model pages. */
const RATIO_FIELDS = ['aspect_ratio', 'ratio', 'aspectRatio', 'aspect_ratios'];
const SIZE_FIELDS = ['size', 'image_size', 'resolution', 'width_and_height'];
const SIDE_FIELDS = [
	['width', 'height'],
	['img_width', 'img_height'],
	['image_width', 'image_height'],
	['custom_width', 'custom_height'],
] as const;

/** A ratio such as "16:9" as the model's fields: its ratio field, its size field, or width and height. */
export function aspectRatioFields(wanted: string, { name, table }: TargetModel): Translation {
	const ratio = readRatio(wanted);
	if (!ratio) return leftOut(`Aspect Ratio "${wanted}" is no ratio such as 16:9 and was left out`);
	const known = fieldsOf(table);
	for (const field of [...RATIO_FIELDS, ...SIZE_FIELDS].flatMap((one) => known.get(one) ?? [])) {
		const value = textOfRatio(wanted, ratio.value, field);
		if (value !== undefined) return met({ [field.name]: value });
	}
	for (const [width, height] of sideFields(known)) {
		const sides = sidesOfRatio(ratio.value, width, height);
		if (sides) return met(sideValues(sides, width, height, known));
	}
	return leftOut(`${name} has no setting for the aspect ratio ${wanted}: it was left out`);
}

/** Exact sides in pixels as the model's fields; a model that takes only ratios gets the ratio. */
export function customSizeFields(sides: Sides, { name, table }: TargetModel): Translation {
	const known = fieldsOf(table);
	const text = `${sides.width} x ${sides.height}`;
	for (const [width, height] of sideFields(known)) {
		if (fitsSide(sides.width, width) && fitsSide(sides.height, height)) {
			return met(sideValues(sides, width, height, known));
		}
	}
	const isThisSize = (choice: unknown) => {
		const size = readRatio(choice);
		return (
			size?.area === sides.width * sides.height &&
			size.shortSide === Math.min(sides.width, sides.height) &&
			isRatio(size.value, sides.width / sides.height)
		);
	};
	for (const field of [...SIZE_FIELDS, ...RATIO_FIELDS].flatMap((one) => known.get(one) ?? [])) {
		const choice = field.choices?.find(isThisSize);
		if (choice !== undefined) return met({ [field.name]: choice });
	}
	const ratio = sides.width / sides.height;
	for (const field of RATIO_FIELDS.flatMap((one) => known.get(one) ?? [])) {
		const choice = choiceOfRatio(field.choices ?? [], ratio);
		if (choice !== undefined) {
			return met({ [field.name]: choice }, [
				`${name} takes no size in pixels: ${text} was sent as the aspect ratio ${choice}`,
			]);
		}
	}
	return leftOut(`${name} does not take the size ${text}: it was left out`);
}

/** The field's value for a ratio; undefined if it has none. */
function textOfRatio(
	wanted: string,
	ratio: number,
	{ name, type, choices, default: usual }: ModelParameter,
): string | number | undefined {
	if (type !== 'string') return undefined;
	if (choices?.includes(wanted)) return wanted;
	const choice = choiceOfRatio(choices ?? [], ratio, readRatio(usual));
	if (choice !== undefined) return choice;
	const takesRatios = RATIO_FIELDS.includes(name) && !readRatio(usual)?.area;
	return takesRatios && !choices ? wanted : undefined;
}

function fieldsOf({ parameters }: ParameterTable): Map<string, ModelParameter> {
	return new Map(parameters.map((parameter) => [parameter.name, parameter]));
}

function sideFields(
	known: ReadonlyMap<string, ModelParameter>,
): Array<[width: ModelParameter, height: ModelParameter]> {
	return SIDE_FIELDS.flatMap(([width, height]) => {
		const [wide, high] = [known.get(width), known.get(height)];
		return wide && high ? [[wide, high] as [ModelParameter, ModelParameter]] : [];
	});
}

/** If a size field has the choice "custom", the model uses width and height only with that choice. */
function sideValues(
	sides: Sides,
	width: ModelParameter,
	height: ModelParameter,
	known: ReadonlyMap<string, ModelParameter>,
): Translation['fields'] {
	const custom = ['size', 'aspect_ratio'].find((name) =>
		known.get(name)?.choices?.includes('custom'),
	);
	return {
		...(custom ? { [custom]: 'custom' } : {}),
		[width.name]: sides.width,
		[height.name]: sides.height,
	};
}
