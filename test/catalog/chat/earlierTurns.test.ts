import { readEarlierTurns } from '../../../nodes/catalog/chat/earlierTurns';

const picture = { mimeType: 'image/png', fileName: null, content: { base64: 'AAAA' } };
const user = (...parts: object[]) => ({ value: { system: '', turns: [{ role: 'user', parts }] } });

it.each<[what: string, messages: unknown, read: object]>([
	['text', [{ role: 'user', content: 'Hi' }], user({ text: 'Hi' })],
	[
		'system messages',
		[
			{ role: 'system', content: 'A' },
			{ role: 'developer', content: [{ type: 'text', text: 'B' }] },
		],
		{ value: { system: 'A\n\nB', turns: [] } },
	],
	[
		'OpenAI’s picture',
		[
			{
				role: 'user',
				content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }],
			},
		],
		user({ file: picture }),
	],
	[
		'a picture at a URL',
		[{ role: 'user', content: [{ type: 'image_url', image_url: 'https://a.b/c.png' }] }],
		user({ file: { mimeType: null, fileName: null, content: { url: 'https://a.b/c.png' } } }),
	],
	[
		'Anthropic’s picture',
		[
			{
				role: 'user',
				content: [
					{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
				],
			},
		],
		user({ file: picture }),
	],
	[
		'Gemini’s contents',
		{
			system_instruction: { parts: { text: 'Be short' } },
			contents: [
				{ role: 'user', parts: [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }] },
				{ role: 'model', parts: [{ text: 'Yes' }] },
			],
		},
		{
			value: {
				system: 'Be short',
				turns: [
					{ role: 'user', parts: [{ file: picture }] },
					{ role: 'assistant', parts: [{ text: 'Yes' }] },
				],
			},
		},
	],
	['an empty list', [], { value: { system: '', turns: [] } }],
])('reads %s', (_, messages, read) => expect(readEarlierTurns(messages)).toEqual(read));

it.each<[messages: unknown, problem: RegExp]>([
	['Hello', /must be a list of earlier turns/],
	[7, /must be a list/],
	[{ role: 'user', content: 'Hi' }, /must be a list/],
	[{ contents: 'Hi' }, /must be a list/],
	[['Hi'], /entry 1 must have a role/],
	[[{ content: 'Hi' }], /entry 1 must have a role/],
	[[{ role: 'tool', content: 'Hi' }], /entry 1 must have a role/],
	[[{ role: 'user', content: 'Hi' }, { role: 'user' }], /entry 2 has no content/],
	[[{ role: 'user', content: [{ type: 'thinking' }] }], /entry 1 has a part in an unknown format/],
	[[{ role: 'user', content: 7 }], /entry 1 has a part in an unknown format/],
])('says what is wrong with %j', (messages, problem) => {
	expect(readEarlierTurns(messages)).toEqual({ problem: expect.stringMatching(problem) as string });
});
