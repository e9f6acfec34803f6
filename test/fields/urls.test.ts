import { readUrls } from '../../nodes/fields/urls';

const A = 'https://a.test/1.png';
const B = 'http://b.test/2.png';

it.each<[string, unknown, string[]]>([
	['one', A, [A]],
	['a list', [A, B], [A, B]],
	['lines', `${A}\n${B}`, [A, B]],
	['JSON', JSON.stringify([A, B]), [A, B]],
	['commas', `${A},${B}`, [A, B]],
	['a blank in it', 'https://a.test/my photo.png', ['https://a.test/my%20photo.png']],
	['lists in a list', [`${A} ${B}`], [A, B]],
])('reads %s', (_, value, urls) => {
	expect(readUrls('URL', value)).toEqual(urls);
});

it.each<[string, string, string[]]>([
	['angle brackets', `<${A}>`, [A]],
	['bars', `${A} | ${B}`, [A, B]],
	[
		'a name in braces that is no expression',
		'https://a.test/{{size}}.png',
		['https://a.test/{{size}}.png'],
	],
])('reads %s', (_, value, urls) => {
	expect(readUrls('URL', value)).toEqual(urls);
});

it.each([undefined, null, ''])('names the place of an entry that is %p', (none) => {
	expect(() => readUrls('URL', [A, none, B])).toThrow(/^URL: the list has no URL at position 2$/);
});

it.each([
	[''],
	[' '],
	[[]],
	['photo.png'],
	[`see ${A}`],
	['ftp://a.test/1'],
	[7],
	[null],
	[undefined],
	['https://a.test/{{ $json.photo }}'],
	[`${A}<br>${B}`],
	['https://'],
	[{ url: A }],
])('refuses %p', (value) => {
	expect(() => readUrls('URL', value)).toThrow(/^URL must be a URL that begins with https:\/\//);
});
