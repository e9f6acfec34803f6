import { numberRange } from '../../nodes/catalog/numberRange';

it.each<[range: { min?: number; max?: number }, text: string]>([
	[{ min: 1, max: 25 }, '1-25'],
	[{ min: 0, max: 1 }, '0-1'],
	[{ min: -1, max: 5 }, '-1 to 5'],
	[{ min: 0 }, 'at least 0'],
	[{ max: 9 }, 'at most 9'],
	[{}, ''],
])('%j: %j', (range, text) => expect(numberRange(range)).toBe(text));
