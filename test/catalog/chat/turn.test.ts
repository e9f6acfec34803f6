import { readDataUri, allText, type ChatFile } from '../../../nodes/catalog/chat/turn';

it.each<[uri: string, read: object | undefined]>([
	['data:image/png;base64,AAAA', { mimeType: 'image/png', base64: 'AAAA' }],
	['data:image/svg+xml;charset=utf-8;base64,AAAA', { mimeType: 'image/svg+xml', base64: 'AAAA' }],
	['data:image/png;base64,AA\nAA', { mimeType: 'image/png', base64: 'AA\nAA' }],
	['data:image/png;base64,', { mimeType: 'image/png', base64: '' }],
	['data:text/plain,hello', undefined],
	['data:;base64,AAAA', undefined],
	['https://example.com/data:image/png;base64,AAAA', undefined],
	['', undefined],
])('%j: %j', (uri, read) => expect(readDataUri(uri)).toEqual(read));

it('a conversation’s words are those of all sides, without its files', () => {
	const file: ChatFile = { mimeType: 'image/png', fileName: 'json.png', content: { url: 'json' } };
	const turns = [
		{ role: 'user' as const, parts: [{ text: 'Hi' }, { file }] },
		{ role: 'assistant' as const, parts: [{ text: 'Yes?' }, { text: 'No?' }] },
	];
	expect(allText({ system: 'Be short', turns })).toBe('Be short\nHi\nYes?\nNo?');
});
