import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readRatio } from '../catalog/portable/ratio';
import type { PortableSettings } from '../catalog/portable/settings';
import { aspectRatio, CUSTOM, sides } from './imageShape';
import { count, seed } from './optionFields';
import { badValue, readNumber } from './value';

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
