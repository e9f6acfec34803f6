import { aspectRatioFields, customSizeFields, type TargetModel } from './aspectRatio';
import { countFields } from './count';
import { durationFields } from './duration';
import { ratioText } from './ratio';
import { resolutionFields } from './resolution';
import { seedFields } from './seed';
import type { Sides } from './sides';
import type { Translation } from './translation';

/** Settings with the same meaning for every model; undefined leaves them to the model. */
export interface PortableSettings {
	/** Such as "16:9". */
	aspectRatio?: string;
	/** In pixels, instead of a ratio. */
	size?: Sides;
	/** Seconds. */
	duration?: number;
	/** Such as "720p". */
	resolution?: string;
	/** Images per request. */
	count?: number;
	/** -1 for a random one. */
	seed?: number;
}

/** Translates the settings into the model's fields, always within each field's type, range, step and choices. */
export function translateSettings(settings: PortableSettings, model: TargetModel): Translation {
	const { aspectRatio, size, duration, resolution, count, seed } = settings;
	const parts = [
		...(aspectRatio === undefined ? [] : [aspectRatioFields(aspectRatio, model)]),
		...(size === undefined ? [] : [customSizeFields(size, model)]),
		...(duration === undefined ? [] : [durationFields(duration, model)]),
		// After the ratio: a size in pixels with both replaces one with only the ratio.
		...(resolution === undefined ? [] : [resolutionFields(resolution, aspectRatio, model)]),
		...(count === undefined ? [] : [countFields(count, model)]),
		...(seed === undefined ? [] : [seedFields(seed, model)]),
	];
	return {
		fields: Object.assign({}, ...parts.map(({ fields }) => fields)) as Translation['fields'],
		hints: parts.flatMap(({ hints }) => hints),
		problems: parts.flatMap(({ problems }) => problems),
	};
}

/**
 * The settings for a model whose fields are unknown: seed and ratio under their usual names; settings that affect the
 * price stop the item.
 */
export function untranslatedSettings(settings: PortableSettings, name: string): Translation {
	const { aspectRatio, size, duration, resolution, count, seed } = settings;
	const fields = {
		...(aspectRatio === undefined ? {} : { aspect_ratio: ratioText(aspectRatio) }),
		...(seed === undefined ? {} : { seed }),
	};
	const named = Object.keys(fields).map((field) => `"${field}"`);
	const unknown = [
		...(size === undefined ? [] : ['Width and Height']),
		...(duration === undefined ? [] : ['Duration']),
		...(resolution === undefined ? [] : ['Resolution']),
		...(count === undefined || count === 1 ? [] : ['Number of Images']),
	];
	return {
		fields,
		hints: named.length
			? [
					`The fields of ${name} are not known to this node: the model may have other names for ${named.join(' and ')}`,
				]
			: [],
		problems: unknown.map(
			(label) =>
				`The fields of ${name} are not known to this node, so ${label} cannot be translated: set the model's own field in More Parameters (JSON)`,
		),
	};
}
