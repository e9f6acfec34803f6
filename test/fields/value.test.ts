import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readChoice, readNumber, readSwitch, readText } from '../../nodes/fields/value';
import { refusal } from './contextWith';

const field = (more: Partial<INodeProperties>): INodeProperties => ({
	displayName: 'Label',
	name: 'x',
	type: 'string',
	default: '',
	...more,
});

describe('a number', () => {
	const number = field({ default: 7, typeOptions: { minValue: 1, maxValue: 10 } });

	it.each<[unknown, number]>([
		[undefined, 7],
		[null, 7],
		[1, 1],
		[10, 10],
		[' 5 ', 5],
		['5e0', 5],
	])('%p is %i', (x, expected) => expect(readNumber({ x } as IDataObject, number)).toBe(expected));

	it.each([0, 11, NaN, Infinity, '', ' ', 'many', true, [5], { a: 1 }])('%p is refused', (x) => {
		expect(refusal(() => readNumber({ x } as IDataObject, number))).toMatch(
			/^Label must be a number from 1 to 10, but is /,
		);
	});

	it('without an upper end names none', () => {
		const open = field({ default: 0, typeOptions: { minValue: 0 } });
		expect(refusal(() => readNumber({ x: -1 }, open))).toBe(
			'Label must be a number of 0 or more, but is -1',
		);
	});
});

describe('a switch', () => {
	const off = field({ type: 'boolean', default: false });

	it.each<[unknown, boolean]>([
		[undefined, false],
		[null, false],
		[true, true],
		[false, false],
		['true', true],
		[' TRUE ', true],
		['False', false],
	])('%p is %p', (x, expected) => expect(readSwitch({ x } as IDataObject, off)).toBe(expected));

	it('has its default where it is not set', () => {
		expect(readSwitch({}, field({ type: 'boolean', default: true }))).toBe(true);
	});

	it.each([1, 0, '', 'yes', 'on', [true], {}])('%p is refused', (x) => {
		expect(refusal(() => readSwitch({ x } as IDataObject, off))).toMatch(
			/^Label must be true or false, but is /,
		);
	});
});

describe('a choice', () => {
	const choice = field({
		default: '',
		options: [
			{ name: 'Automatic', value: '' },
			{ name: 'Letter A', value: 'a' },
			{ name: 'B', value: 'b' },
		],
	});

	it.each<[unknown, string]>([
		[undefined, ''],
		[null, ''],
		['', ''],
		['a', 'a'],
		// Its label, or as people write it.
		['Letter A', 'a'],
		[' letter a ', 'a'],
		['B', 'b'],
		['automatic', ''],
	])('%p is %p', (x, expected) => expect(readChoice({ x } as IDataObject, choice)).toBe(expected));

	it.each(['c', 'Letter', 1, true, ['a'], {}, 'constructor'])('%p is refused', (x) => {
		expect(refusal(() => readChoice({ x } as IDataObject, choice))).toMatch(
			/^Label must be one of a, b, but is /,
		);
	});
});

describe('a text', () => {
	it.each<[unknown, string]>([
		[undefined, ''],
		[null, ''],
		['a', 'a'],
		[42, '42'],
		[false, 'false'],
	])('%p is %p', (x, expected) => expect(readText({ x } as IDataObject, field({}))).toBe(expected));

	it.each([{ a: 1 }, [1]])('%p is refused', (x) => {
		expect(refusal(() => readText({ x } as IDataObject, field({})))).toMatch(
			/^Label must be a text/,
		);
	});
});
