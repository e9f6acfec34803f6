import { coerce, parseContainer } from '../../nodes/catalog/coerce';
import type { ModelParameter } from '../../nodes/catalog/parameters';

type Field = Pick<ModelParameter, 'type' | 'media'>;
const field = (type: Field['type'], media?: Field['media']): Field => ({
	type,
	...(media ? { media } : {}),
});

it.each<[field: Field, value: unknown, coerced: unknown]>([
	[field('integer'), '25', 25],
	[field('integer'), ' -3 ', -3],
	[field('number'), '.5', 0.5],
	[field('number'), '1e3', 1000],
	[field('number'), '0x10', '0x10'],
	[field('number'), '1,5', '1,5'],
	[field('number'), '', ''],
	// With more digits than JavaScript holds it would become another number.
	[field('integer'), '12345678901234567890', '12345678901234567890'],
	[field('boolean'), 'True', true],
	[field('boolean'), 'false', false],
	[field('boolean'), 'yes', 'yes'],
	// A prompt "42" stays a text.
	[field('string'), '42', '42'],
	[field('string'), 42, '42'],
	[field('string'), true, true],
	[field('array'), '["a"]', ['a']],
	[field('array'), '{"a": 1}', '{"a": 1}'],
	[field('array'), 'a', 'a'],
	[field('array', 'image'), 'https://a/1.png', ['https://a/1.png']],
	[
		field('array', 'image'),
		'https://a/1,w_5/1.png, https://a/2.png\nhttps://a/3.png https://a/4.png',
		['https://a/1,w_5/1.png', 'https://a/2.png', 'https://a/3.png', 'https://a/4.png'],
	],
	// Neither the comma nor the address within a data URI begins another one.
	[
		field('array', 'image'),
		'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/> , data:image/png;base64,AA==,https://a/1.png\n',
		[
			'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
			'data:image/png;base64,AA==',
			'https://a/1.png',
		],
	],
	[field('object'), '{"a": 1}', { a: 1 }],
	[field('object'), '[1]', '[1]'],
	[field('integer'), [1], [1]],
])('for %j, %j is %j', (of, value, coerced) => {
	expect(coerce(of, value as never)).toEqual(coerced);
});

it.each<[text: string, value: unknown]>([
	['[1]', [1]],
	['{"a": 1}', { a: 1 }],
	['7', undefined],
	['"a"', undefined],
	['[1', undefined],
])('%s holds %j', (text, value) => expect(parseContainer(text)).toEqual(value));
