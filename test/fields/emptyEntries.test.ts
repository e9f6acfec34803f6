import type { IDataObject } from 'n8n-workflow';
import { parameterTable } from '../../nodes/catalog/parameters';
import { withoutEmptyEntries } from '../../nodes/fields/emptyEntries';

const url = 'https://a.test/a.png';
const hint = (name: string) => [`"${name}" had empty entries: they were left out`];
const nanoBanana = parameterTable('nano-banana');

it.each<[what: string, body: object, left: object, hints: string[]]>([
	[
		'an expression that gave one of two',
		{ image_urls: [url, undefined] },
		{ image_urls: [url] },
		hint('image_urls'),
	],
	[
		'null and empty texts among files',
		{ image_urls: [null, url, ''] },
		{ image_urls: [url] },
		hint('image_urls'),
	],
	['nothing but empty entries', { image_urls: [undefined, ''] }, {}, hint('image_urls')],
	['undefined in any list', { words: ['a', undefined] }, { words: ['a'] }, hint('words')],
	['undefined deep inside', { a: { b: [[undefined, 1]] } }, { a: { b: [[1]] } }, hint('a')],
])('takes out %s', (_what, body, left, hints) => {
	expect(withoutEmptyEntries(body as IDataObject, nanoBanana)).toEqual({ body: left, hints });
	expect(withoutEmptyEntries(body as IDataObject)).toEqual({ body: left, hints });
});

it.each<[what: string, body: object]>([
	['full lists', { image_urls: [url], words: ['a'], empty: [] }],
	['null in a list that is none of files', { weights: [1, null], words: ['', 'a'] }],
	['an empty text for one file', { image: '' }],
	['what is no number', { seed: NaN, all: [NaN] }],
	['a date', { when: new Date(0), all: [new Date(0)] }],
])('leaves %s alone', (_what, body) => {
	expect(withoutEmptyEntries(body as IDataObject, nanoBanana)).toEqual({ body, hints: [] });
});
