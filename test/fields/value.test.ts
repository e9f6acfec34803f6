import type { INodeProperties } from 'n8n-workflow';
import {
	badValue,
	choiceParameter,
	isChosen,
	readChoice,
	readNumber,
	readSwitch,
	switchParameter,
} from '../../nodes/fields/value';
import { contextWith } from './contextWith';

const field = (more: Partial<INodeProperties>): INodeProperties => ({
	displayName: 'My Field',
	name: 'mine',
	type: 'number',
	default: 5,
	...more,
});
const told = (read: () => unknown): unknown => {
	try {
		return read();
	} catch (thrown) {
		return (thrown as Error).message;
	}
};

describe('readNumber', () => {
	const mine = field({ typeOptions: { minValue: 1, maxValue: 50 } });

	it.each<[value: unknown, number: number]>([
		[undefined, 5],
		[null, 5],
		[1, 1],
		[50, 50],
		[2.5, 2.5],
		['7', 7],
		[' 7 ', 7],
	])('takes %p as %p', (mineIs, number) => {
		expect(readNumber({ mine: mineIs as number }, mine)).toBe(number);
	});

	it.each<[value: unknown, shown: string]>([
		[0, '0'],
		[51, '51'],
		[-1, '-1'],
		['0', '"0"'],
		['', '""'],
		['many', '"many"'],
		[NaN, 'NaN'],
		[Infinity, 'Infinity'],
		[true, 'true'],
		[[7], '[7]'],
		[{}, '{}'],
	])('refuses %p', (mineIs, shown) => {
		expect(told(() => readNumber({ mine: mineIs as number }, mine))).toBe(
			`My Field must be a number from 1 to 50, but is ${shown}`,
		);
	});

	it('supports fields without a maximum', () => {
		const open = field({ typeOptions: { minValue: 0 } });
		expect(readNumber({ mine: 1e9 }, open)).toBe(1e9);
		expect(told(() => readNumber({ mine: -1 }, open))).toBe(
			'My Field must be a number of 0 or more, but is -1',
		);
	});
});

describe('readChoice', () => {
	const mine = field({
		type: 'options',
		default: 'warn',
		options: [
			{ name: 'Automatic', value: '' },
			{ name: 'Warn', value: 'warn' },
			{ name: 'Off', value: 'off' },
		],
	});

	it.each<[value: unknown, choice: string]>([
		[undefined, 'warn'],
		['off', 'off'],
		['', ''],
		// What the panel shows is as good as what it stores.
		['Off', 'off'],
		[' WARN ', 'warn'],
		['Automatic', ''],
	])('takes %p as %p', (mineIs, choice) => {
		expect(readChoice({ mine: mineIs as string }, mine)).toBe(choice);
	});

	it.each([['never'], ['constructor'], [true], [0], [['off']]])('refuses %p', (mineIs) => {
		expect(told(() => readChoice({ mine: mineIs as string }, mine))).toMatch(
			/^My Field must be one of warn, off, but is /,
		);
	});
});

describe('choices and switches among the node’s own parameters', () => {
	const how = field({ name: 'how', type: 'options', options: [{ name: 'Fast', value: 'fast' }] });
	const on = field({ name: 'on', type: 'boolean', default: true });

	it('are read by the same rules', () => {
		const context = contextWith([{ how: 'Fast' }, { how: 'fast', on: 'False' }]);
		expect(choiceParameter(context, 0, how)).toBe('fast');
		expect(switchParameter(context, 0, on)).toBe(true);
		expect(switchParameter(context, 1, on)).toBe(false);
		expect(() => choiceParameter(contextWith({ how: 'slow' }), 0, how)).toThrow(/one of fast/);
	});

	it('treats an unreadable one as not chosen; it fails its item later', () => {
		expect(isChosen(contextWith({ how: 'fast' }), how, 'fast')).toBe(true);
		expect(isChosen(contextWith({ how: 'slow' }), how, 'fast')).toBe(false);
	});
});

describe('readSwitch', () => {
	const mine = field({ type: 'boolean', default: false });

	it.each<[value: unknown, on: boolean]>([
		[undefined, false],
		[true, true],
		[false, false],
		['true', true],
		[' False ', false],
	])('takes %p as %p', (mineIs, on) => {
		expect(readSwitch({ mine: mineIs as boolean }, mine)).toBe(on);
	});

	it.each([['yes'], [''], [1], [0], [{}]])('refuses %p', (mineIs) => {
		expect(told(() => readSwitch({ mine: mineIs as boolean }, mine))).toMatch(
			/^My Field must be true or false, but is /,
		);
	});
});

it('badValue says that nothing was sent, and limits its quote', () => {
	const { message, details } = badValue('My Field', 'text', 'x'.repeat(10_000));
	expect(details.description).toBe('Nothing was sent');
	expect(message).toBe(`My Field must be text, but is "${'x'.repeat(199)}…`);
	const advised = badValue('My Field', 'text', 7, 'Give a text');
	expect(advised.details.description).toBe('Nothing was sent. Give a text');
});
