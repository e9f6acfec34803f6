import { asNumber } from '../../nodes/api/number';

it.each<[value: unknown, number: number | null]>([
	[0, 0],
	[-1.5, -1.5],
	['0.0412', 0.0412],
	[' 12 ', 12],
	['1e3', 1000],
	['-0', -0],
	['', null],
	['  ', null],
	['12 s', null],
	['1,5', null],
	['NaN', null],
	['Infinity', null],
	['1e999', null],
	[NaN, null],
	[-Infinity, null],
	[true, null],
	[null, null],
	[undefined, null],
	[[7], null],
	[{}, null],
])('%p: %p', (value, number) => expect(asNumber(value)).toBe(number));
