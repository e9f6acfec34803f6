import type { IDataObject } from 'n8n-workflow';

import { asNumber } from '../../api/number';
import type { TargetModel } from './aspectRatio';
import { translated, unsupported, type Translation } from './translation';

/** Fields that take a number of images. Source: the model pages. */
const FIELDS = [
	'samples',
	'num_images',
	'number_of_images',
	'num_outputs',
	'n',
	'max_images',
	'num_images_per_size',
	'batch_size',
];

/** Translates a number of images to the model's field. */
export function countFields(count: number, { name, table }: TargetModel): Translation {
	const field = table.parameters.find((candidate) => FIELDS.includes(candidate.name));
	// A model that cannot make several makes one.
	if (!field && count === 1) return translated({});
	if (!field) return unsupported(`${name} makes one image per request: use several items instead`);
	const { choices, min = 1, max = Infinity, type } = field;
	const choice = choices?.find((candidate) => Number(candidate) === count);
	const isAllowed = choices ? choice !== undefined : count >= min && count <= max;
	if (!isAllowed) {
		const maximum = choices ? Math.max(...choices.map(Number)) : max;
		return unsupported(
			`${name} does not make ${count} images per request: it makes at most ${maximum}`,
		);
	}
	const value = choice ?? (type === 'string' ? String(count) : count);
	const sequential = table.parameters.find(
		(candidate) => candidate.name === 'sequential_image_generation',
	);
	// Seedream makes several only on explicit request.
	const needsAuto =
		count > 1 && field.name === 'max_images' && sequential?.choices?.includes('auto');
	return translated({
		[field.name]: value,
		...(needsAuto ? { sequential_image_generation: 'auto' } : {}),
	});
}

/** How many images a body asks for; 1 if it does not say. */
export function requestedImages(body: IDataObject): number {
	const counts = FIELDS.map((field) => asNumber(body[field]) ?? 1);
	return Math.max(1, ...counts);
}
