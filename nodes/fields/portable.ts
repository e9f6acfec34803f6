import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readRatio } from '../catalog/portable/ratio';
import type { PortableSettings } from '../catalog/portable/settings';
import { count, seed } from './optionFields';
import { badValue, readNumber } from './value';

const CUSTOM = 'custom';

/** Source: the ratios that most models of the catalogue share. */
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

const aspectRatio: INodeProperties = {
	displayName: 'Aspect Ratio',
	name: 'aspectRatio',
	type: 'options',
	options: [
		{ name: 'Model Default', value: '' },
		...RATIOS.map(([value, words]) => ({ name: `${value} (${words})`, value })),
		{ name: 'Custom Size', value: CUSTOM },
	],
	default: '',
	description: 'The shape of the image, for any model that lets you choose one',
};

const sides: INodeProperties[] = ['Width', 'Height'].map((displayName) => ({
	displayName,
	name: displayName.toLowerCase(),
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 16384 },
	default: 1024,
	description: `${displayName} of the image, in pixels`,
	displayOptions: { show: { aspectRatio: [CUSTOM] } },
}));

export const imageShapeFields: INodeProperties[] = [aspectRatio, ...sides];

/** Reads the portable settings of one item; throws a failure for a value that is none. */
export function readPortableSettings(
	context: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
): PortableSettings {
	return {
		...readShape(context, itemIndex),
		...(isSet(options.count) ? { count: wholeNumber(options, count) } : {}),
		...(isSet(options.seed) ? { seed: wholeNumber(options, seed) } : {}),
	};
}

function readShape(context: IExecuteFunctions, itemIndex: number): PortableSettings {
	const received = context.getNodeParameter('aspectRatio', itemIndex, '') as unknown;
	if (!isSet(received)) return {};
	if (received === CUSTOM) {
		const [width = 0, height = 0] = sides.map((side) =>
			wholeNumber({ [side.name]: context.getNodeParameter(side.name, itemIndex, 1024) }, side),
		);
		return { size: { width, height } };
	}
	const ratio = readRatio(received);
	if (!ratio || ratio.area)
		throw badValue(aspectRatio.displayName, 'a ratio such as 16:9', received);
	return {
		aspectRatio: String(received)
			.trim()
			.replace(/\s*[x*×_/]\s*/, ':'),
	};
}

function isSet(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

function wholeNumber(values: IDataObject, field: INodeProperties): number {
	const number = readNumber(values, field);
	// A larger number would be rounded on its way, and a rounded seed makes another image.
	if (!Number.isSafeInteger(number)) {
		throw badValue(
			field.displayName,
			`a whole number up to ${Number.MAX_SAFE_INTEGER}`,
			values[field.name],
		);
	}
	return number;
}
