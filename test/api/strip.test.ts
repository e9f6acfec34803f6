import { strip, stripEnd } from '../../nodes/api/strip';

it.each<[text: string, characters: string, left: string, atEnd: string]>([
	['/a/b//', '/', 'a/b', '/a/b'],
	['///', '/', '', ''],
	['', '/', '', ''],
	['a', '/', 'a', 'a'],
	['.,a.,b,.', '.,', 'a.,b', '.,a.,b'],
])('%j without %j', (text, characters, left, atEnd) => {
	expect(strip(text, characters)).toBe(left);
	expect(stripEnd(text, characters)).toBe(atEnd);
});
