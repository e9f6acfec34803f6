import type { ModelParameter, ParameterTable } from '../parameters';
import { choiceForRatio, isRatio, ratioText, readRatio } from './ratio';
import { fitsSide, sidesOfRatio, type Sides } from './sides';
import { omitted, translated, type Translation } from './translation';

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

/** Translates a ratio such as "16:9" to the model's ratio field, its size field, or its width and height. */
export function aspectRatioFields(requested: string, { name, table }: TargetModel): Translation {
	const ratio = readRatio(requested);
	if (!ratio)
		return omitted(`Aspect Ratio "${requested}" is not a ratio such as 16:9 and was left out`);
	const fields = fieldsOf(table);
	for (const field of [...RATIO_FIELDS, ...SIZE_FIELDS].flatMap(
		(candidate) => fields.get(candidate) ?? [],
	)) {
		const value = ratioValue(requested, ratio.value, field);
		if (value !== undefined) return translated({ [field.name]: value });
	}
	for (const [width, height] of sideFields(fields)) {
		const sides = sidesOfRatio(ratio.value, width, height);
		if (sides) return translated(sideValues(sides, width, height, fields));
	}
	return omitted(`${name} has no setting for the aspect ratio ${requested}: it was left out`);
}

/** Translates exact sides in pixels to the model's fields; a model that takes only ratios gets the ratio. */
export function customSizeFields(sides: Sides, { name, table }: TargetModel): Translation {
	const fields = fieldsOf(table);
	const text = `${sides.width} x ${sides.height}`;
	for (const [width, height] of sideFields(fields)) {
		if (fitsSide(sides.width, width) && fitsSide(sides.height, height)) {
			return translated(sideValues(sides, width, height, fields));
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
	for (const field of [...SIZE_FIELDS, ...RATIO_FIELDS].flatMap(
		(candidate) => fields.get(candidate) ?? [],
	)) {
		const choice = field.choices?.find(isThisSize);
		if (choice !== undefined) return translated({ [field.name]: choice });
	}
	const ratio = sides.width / sides.height;
	for (const field of RATIO_FIELDS.flatMap((candidate) => fields.get(candidate) ?? [])) {
		const choice = choiceForRatio(field.choices ?? [], ratio);
		if (choice !== undefined) {
			return translated({ [field.name]: choice }, [
				`${name} takes no size in pixels: ${text} was sent as the aspect ratio ${choice}`,
			]);
		}
	}
	return omitted(`${name} does not take the size ${text}: it was left out`);
}

/** The field's value for a ratio; undefined if it has none. */
function ratioValue(
	requested: string,
	ratio: number,
	{ name, type, choices, default: defaultValue }: ModelParameter,
): string | number | undefined {
	if (type !== 'string') return undefined;
	if (choices?.includes(requested)) return requested;
	const choice = choiceForRatio(choices ?? [], ratio, readRatio(defaultValue));
	if (choice !== undefined) return choice;
	const takesRatios = RATIO_FIELDS.includes(name) && !readRatio(defaultValue)?.area;
	return takesRatios && !choices ? ratioText(requested) : undefined;
}

function fieldsOf({ parameters }: ParameterTable): Map<string, ModelParameter> {
	return new Map(parameters.map((parameter) => [parameter.name, parameter]));
}

function sideFields(
	fields: ReadonlyMap<string, ModelParameter>,
): Array<[width: ModelParameter, height: ModelParameter]> {
	return SIDE_FIELDS.flatMap(([width, height]) => {
		const [wide, high] = [fields.get(width), fields.get(height)];
		return wide && high ? [[wide, high] as [ModelParameter, ModelParameter]] : [];
	});
}

/** If a size field has the choice "custom", the model uses width and height only with that choice. */
function sideValues(
	sides: Sides,
	width: ModelParameter,
	height: ModelParameter,
	fields: ReadonlyMap<string, ModelParameter>,
): Translation['fields'] {
	const custom = ['size', 'aspect_ratio'].find((name) =>
		fields.get(name)?.choices?.includes('custom'),
	);
	return {
		...(custom ? { [custom]: 'custom' } : {}),
		[width.name]: sides.width,
		[height.name]: sides.height,
	};
}
