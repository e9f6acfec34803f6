import type { ModelParameter } from '../parameters';
import type { TargetModel } from './aspectRatio';
import { choiceOfRatio, readRatio } from './ratio';
import { met, unmet, type Translation } from './translation';

/** Fields that take a resolution. Source: the model pages. */
const FIELDS = ['resolution', 'quality', 'output_resolution', 'size'];

/** The shorter side for each named resolution, in pixels. */
const SHORT_SIDES: Record<string, number> = { '480p': 480, '720p': 720, '1080p': 1080, '4k': 2160 };

/** A resolution such as "720p" as the model's field: a name, or a size in pixels with the wanted ratio. */
export function resolutionFields(
	wanted: string,
	aspectRatio: string | undefined,
	{ name, table }: TargetModel,
): Translation {
	const fields = FIELDS.flatMap(
		(one) => table.parameters.find((other) => other.name === one) ?? [],
	);
	for (const field of fields) {
		const value = wordOf(wanted, field) ?? sizeOf(wanted, aspectRatio, field);
		if (value !== undefined) return met({ [field.name]: value });
	}
	const choices = fields.find((field) => isResolution(field))?.choices;
	return unmet(
		choices
			? `${name} does not offer the resolution ${wanted}: it offers ${choices.join(', ')}`
			: `${name} has no setting for the resolution ${wanted}`,
	);
}

/** Models differ in the case of the same name. */
function wordOf(wanted: string, field: ModelParameter): string | number | undefined {
	const { choices, default: usual, type } = field;
	const choice = choices?.find((one) => String(one).toLowerCase() === wanted);
	if (choice !== undefined) return choice;
	if (type !== 'string' || choices || !isResolution(field)) return undefined;
	return /\d[PK]$/.test(String(usual)) ? wanted.toUpperCase() : wanted;
}

/** Whether the field takes line counts, as in "720p", rather than sizes such as "1024x768" or levels such as "high". */
function isResolution({ name, choices, default: usual }: ModelParameter): boolean {
	const seen = [usual, ...(choices ?? [])].filter((one) => one !== undefined);
	if (seen.length) return seen.some((one) => /^\d+[pk]$/i.test(String(one)));
	return name === 'resolution';
}

function sizeOf(
	wanted: string,
	aspectRatio: string | undefined,
	{ choices = [], default: usual }: ModelParameter,
): string | number | undefined {
	const sizes = choices.filter((one) => readRatio(one)?.shortSide === SHORT_SIDES[wanted]);
	const ratio = readRatio(aspectRatio) ?? readRatio(usual);
	return ratio ? choiceOfRatio(sizes, ratio.value) : sizes[0];
}
