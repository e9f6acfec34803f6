import type { INodeProperties } from 'n8n-workflow';

/** The ratio choice for explicit width and height. */
export const CUSTOM = 'custom';

/** Source: the ratios shared by most models in the catalogue. */
const RATIOS: Array<[value: string, words: string]> = [
	['1:1', 'Square'],
	['16:9', 'Landscape'],
	['9:16', 'Portrait'],
	['4:3', 'Landscape'],
	['3:4', 'Portrait'],
	['3:2', 'Landscape'],
	['2:3', 'Portrait'],
	['4:5', 'Portrait'],
	['5:4', 'Landscape'],
	['21:9', 'Wide'],
];

/** Aspect Ratio, then Width and Height, which are shown only for Custom Size. */
export const imageShape = shapeOf('image');
export const videoShape = shapeOf('video');

function shapeOf(medium: string): { aspectRatio: INodeProperties; sides: INodeProperties[] } {
	return {
		aspectRatio: {
			displayName: 'Aspect Ratio',
			name: 'aspectRatio',
			type: 'options',
			options: [
				{ name: 'Model Default', value: '' },
				...RATIOS.map(([value, words]) => ({ name: `${value} (${words})`, value })),
				{ name: 'Custom Size', value: CUSTOM },
			],
			default: '',
			description: `The shape of the ${medium}, for models that let you choose`,
		},
		sides: ['Width', 'Height'].map((displayName) => ({
			displayName,
			name: displayName.toLowerCase(),
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 16384 },
			default: 1024,
			description: `${displayName} of the ${medium}, in pixels`,
			displayOptions: { show: { aspectRatio: [CUSTOM] } },
		})),
	};
}
