import type { SimulatedJob } from './types';

/** The outputs of a PixelFlow by key name: JSON in a string. */
export function flowOutput({ outputs, slug }: SimulatedJob): string {
	return JSON.stringify([
		{ keyname: 'Infographic', value: { type: 'image', data: outputs[0]?.url ?? '' } },
		{ keyname: 'Caption', value: { type: 'text', data: `Made by ${slug}` } },
	]);
}
