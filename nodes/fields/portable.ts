import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readRatio } from '../catalog/portable/ratio';
import type { PortableSettings } from '../catalog/portable/settings';
import { duration, resolution } from './videoFields';
import { count, seed } from './optionFields';
import { CUSTOM, imageShape } from './shape';
import { badValue, choiceParameter, readNumber } from './value';

/** Reads the portable settings of one item; throws a failure for an invalid value. */
export function readPortableSettings(
	context: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
): PortableSettings {
	return {
		...readShape(context, itemIndex),
		...readClip(context, itemIndex),
		...(isSet(options.count) ? { count: wholeNumber(options, count) } : {}),
		...(isSet(options.seed) ? { seed: wholeNumber(options, seed) } : {}),
	};
}

/** Only the video node has these parameters. */
function readClip(context: IExecuteFunctions, itemIndex: number): PortableSettings {
	const seconds = context.getNodeParameter(duration.name, itemIndex, '') as IDataObject[string];
	const resolutionChoice = choiceParameter(context, itemIndex, resolution);
	return {
		...(isSet(seconds) ? { duration: readDuration(seconds) } : {}),
		...(resolutionChoice ? { resolution: resolutionChoice } : {}),
	};
}

/** An expression may also return "5s", as many models write it. */
function readDuration(received: IDataObject[string]): number {
	const [, digits = received] =
		(typeof received === 'string' && /^\s*([\d.]+)\s*s(?:ec(?:onds?)?)?\s*$/i.exec(received)) || [];
	const number = typeof digits === 'string' && digits.trim() ? Number(digits) : digits;
	if (typeof number === 'number' && number > 0 && number < Infinity) return number;
	throw badValue(duration.displayName, 'a number of seconds above 0', received);
}

function readShape(context: IExecuteFunctions, itemIndex: number): PortableSettings {
	const { aspectRatio, sides } = imageShape;
	const received = chosenShape(
		aspectRatio,
		context.getNodeParameter(aspectRatio.name, itemIndex, ''),
	);
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
	const text = String(received).trim();
	const [, width, height] = /^(\d+)\s*[:x*×_/]\s*(\d+)$/i.exec(text) ?? [];
	return { aspectRatio: width ? `${width}:${height}` : text };
}

/** The choice matching a label or a value, in any case; anything else is returned unchanged. */
function chosenShape({ options = [] }: INodeProperties, received: unknown): unknown {
	const word = typeof received === 'string' ? received.trim().toLowerCase() : received;
	const isMatch = (option: { name: string; value?: unknown }) =>
		option.name.toLowerCase() === word || option.value === word;
	const chosen = options.find((option) => 'value' in option && isMatch(option));
	return chosen && 'value' in chosen ? chosen.value : received;
}

function isSet(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

function wholeNumber(values: IDataObject, field: INodeProperties): number {
	const number = readNumber(values, field);
	// A larger number would be rounded in transit, and a rounded seed makes a different image.
	if (!Number.isSafeInteger(number)) {
		throw badValue(
			field.displayName,
			`a whole number up to ${Number.MAX_SAFE_INTEGER}`,
			values[field.name],
		);
	}
	return number;
}
