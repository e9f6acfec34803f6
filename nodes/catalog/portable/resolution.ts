import type { ModelParameter } from '../parameters';
import type { TargetModel } from './aspectRatio';
import { choiceForRatio, readRatio } from './ratio';
import { translated, unsupported, type Translation } from './translation';

/** Fields that take a resolution. Source: the model pages. */
const FIELDS = ['resolution', 'quality', 'output_resolution', 'size'];

/** The shorter side for each named resolution, in pixels. */
const SHORT_SIDES: Record<string, number> = { '480p': 480, '720p': 720, '1080p': 1080, '4k': 2160 };

/** Translates a resolution such as "720p" to the model's field: a name, or a size in pixels with the requested ratio. */
export function resolutionFields(
	requested: string,
	aspectRatio: string | undefined,
	{ name, table }: TargetModel,
): Translation {
	const fields = FIELDS.flatMap(
		(candidate) => table.parameters.find((other) => other.name === candidate) ?? [],
	);
	for (const field of fields) {
		const value = wordOf(requested, field) ?? sizeOf(requested, aspectRatio, field);
		if (value !== undefined) return translated({ [field.name]: value });
	}
	const choices = fields.find((field) => isResolution(field))?.choices;
	return unsupported(
		choices
			? `${name} does not offer the resolution ${requested}: it offers ${choices.join(', ')}`
			: `${name} has no setting for the resolution ${requested}`,
	);
}

/** Models differ in the case of the same name. */
function wordOf(requested: string, field: ModelParameter): string | number | undefined {
	const { choices, default: defaultValue, type } = field;
	const choice = choices?.find((candidate) => String(candidate).toLowerCase() === requested);
	if (choice !== undefined) return choice;
	if (type !== 'string' || choices || !isResolution(field)) return undefined;
	return /\d[PK]$/.test(String(defaultValue)) ? requested.toUpperCase() : requested;
}

/** Whether the field takes line counts, as in "720p", rather than sizes such as "1024x768" or levels such as "high". */
function isResolution({ name, choices, default: defaultValue }: ModelParameter): boolean {
	const samples = [defaultValue, ...(choices ?? [])].filter((candidate) => candidate !== undefined);
	if (samples.length) return samples.some((candidate) => /^\d+[pk]$/i.test(String(candidate)));
	return name === 'resolution';
}

function sizeOf(
	requested: string,
	aspectRatio: string | undefined,
	{ choices = [], default: defaultValue }: ModelParameter,
): string | number | undefined {
	const sizes = choices.filter(
		(candidate) => readRatio(candidate)?.shortSide === SHORT_SIDES[requested],
	);
	const ratio = readRatio(aspectRatio) ?? readRatio(defaultValue);
	return ratio ? choiceForRatio(sizes, ratio.value) : sizes[0];
}
