import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { quote } from '../api/quote';

/**
 * The failure for a parameter with an invalid value: names it and shows what was received.
 * @param advice what to do, without the full stop
 */
export function badValue(
	displayName: string,
	expected: string,
	received: unknown,
	advice?: string,
): SegmindFailure {
	return new SegmindFailure(`${displayName} must be ${expected}, but is ${quote(received, 200)}`, {
		description: `Nothing was sent${advice ? `. ${advice}` : ''}`,
	});
}

/** A number from a collection, its default if not set; throws a failure for one out of range. */
export function readNumber(
	values: IDataObject,
	{ name, displayName, default: defaultValue, typeOptions }: INodeProperties,
): number {
	const value = values[name] ?? defaultValue;
	const number = typeof value === 'string' && value.trim() ? Number(value) : value;
	const { minValue = 0, maxValue = Infinity } = typeOptions ?? {};
	if (typeof number !== 'number' || !(number >= minValue && number <= maxValue)) {
		throw badValue(displayName, numberText(minValue, maxValue), value);
	}
	return number;
}

function numberText(minValue: number, maxValue: number): string {
	return maxValue === Infinity
		? `a number of ${minValue} or more`
		: `a number from ${minValue} to ${maxValue}`;
}

/**
 * A choice from a collection, its default if not set. An expression may also return its label; throws a failure for any
 * other value.
 */
export function readChoice(
	values: IDataObject,
	{ name, displayName, default: defaultValue, options = [] }: INodeProperties,
): string {
	const value = values[name] ?? defaultValue;
	const choices = options.flatMap((option) => ('value' in option ? [option] : []));
	const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	const chosen =
		choices.find((choice) => choice.value === value) ??
		choices.find((choice) => choice.name.toLowerCase() === word || choice.value === word);
	if (chosen) return chosen.value as string;
	const known = choices.map((choice) => choice.value).filter((choice) => choice !== '');
	throw badValue(displayName, `one of ${known.join(', ')}`, value);
}

/** A switch from a collection, its default if not set; throws a failure for anything but on or off. */
export function readSwitch(
	values: IDataObject,
	{ name, displayName, default: defaultValue }: INodeProperties,
): boolean {
	const value = values[name] ?? defaultValue;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (word === true || word === 'true') return true;
	if (word === false || word === 'false') return false;
	throw badValue(displayName, 'true or false', value);
}

/** A node parameter that is a choice; see `readChoice`. */
export function choiceParameter(
	context: IExecuteFunctions,
	itemIndex: number,
	field: INodeProperties,
): string {
	return readChoice({ [field.name]: parameter(context, itemIndex, field) }, field);
}

/** Whether a whole-run parameter is set to a choice; one that cannot be read fails its item later. */
export function isChosen(
	context: IExecuteFunctions,
	field: INodeProperties,
	choice: string,
): boolean {
	try {
		return choiceParameter(context, 0, field) === choice;
	} catch {
		return false;
	}
}

/** A node parameter that is a switch; see `readSwitch`. */
export function switchParameter(
	context: IExecuteFunctions,
	itemIndex: number,
	field: INodeProperties,
): boolean {
	return readSwitch({ [field.name]: parameter(context, itemIndex, field) }, field);
}

function parameter(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, default: defaultValue }: INodeProperties,
): IDataObject[string] {
	return context.getNodeParameter(name, itemIndex, defaultValue) as IDataObject[string];
}
