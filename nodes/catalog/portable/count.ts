import type { IDataObject } from 'n8n-workflow';

import { asNumber } from '../../api/number';
import type { TargetModel } from './aspectRatio';
import { met, unmet, type Translation } from './translation';

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

/** A number of images as the model's field. */
export function countFields(count: number, { name, table }: TargetModel): Translation {
	const field = table.parameters.find((one) => FIELDS.includes(one.name));
	// A model that cannot make several makes one.
	if (!field && count === 1) return met({});
	if (!field) return unmet(`${name} makes one image per request: use several items instead`);
	const { choices, min = 1, max = Infinity, type } = field;
	const choice = choices?.find((one) => Number(one) === count);
	const isAllowed = choices ? choice !== undefined : count >= min && count <= max;
	if (!isAllowed) {
		const most = choices ? Math.max(...choices.map(Number)) : max;
		return unmet(`${name} does not make ${count} images per request: it makes at most ${most}`);
	}
	const value = choice ?? (type === 'string' ? String(count) : count);
	const sequential = table.parameters.find((one) => one.name === 'sequential_image_generation');
	// Seedream makes several only on explicit request.
	const isTold = count > 1 && field.name === 'max_images' && sequential?.choices?.includes('auto');
	return met({ [field.name]: value, ...(isTold ? { sequential_image_generation: 'auto' } : {}) });
}

/** How many images a body asks for; 1 if it does not say. */
export function imagesAskedFor(body: IDataObject): number {
	const counts = FIELDS.map((field) => asNumber(body[field]) ?? 1);
	return Math.max(1, ...counts);
}
