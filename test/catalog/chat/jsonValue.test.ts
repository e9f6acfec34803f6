import { isObject } from '../../../nodes/catalog/chat/jsonValue';

it.each<[value: unknown, is: boolean]>([
	[{}, true],
	[{ a: 1 }, true],
	[[], false],
	[null, false],
	['{}', false],
	[undefined, false],
])('%j: %p', (value, is) => expect(isObject(value)).toBe(is));
