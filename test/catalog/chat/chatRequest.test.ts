import { chatRequest, type ChatInput } from '../../../nodes/catalog/chat/chatRequest';
import type { ChatFamily } from '../../../nodes/catalog/chat/family';
import type { ChatFile } from '../../../nodes/catalog/chat/turn';

const FAMILIES: ChatFamily[] = ['openai', 'anthropic', 'gemini'];

const ask = (question: Partial<ChatInput>): ChatInput => ({
	system: '',
	prompt: 'Hello',
	earlier: { system: '', turns: [] },
	files: [],
	...question,
});

const file = (mimeType: string | null, content: ChatFile['content']): ChatFile => ({
	mimeType,
	fileName: 'a.bin',
	content,
});
const photo = file('image/png', { base64: 'AAAA' });
const pdf = file('application/pdf', { base64: 'BBBB' });
const sound = file('audio/mpeg', { base64: 'CCCC' });
const far = file(null, { url: 'https://example.com/a.png' });

it.each(FAMILIES)('a prompt alone is flat for %s', (family) => {
	expect(chatRequest(family, ask({}))).toEqual({ prompt: 'Hello' });
});

it.each<[family: ChatFamily, body: object]>([
	[
		'openai',
		{
			messages: [
				{ role: 'system', content: 'Be short' },
				{ role: 'user', content: 'Hi' },
				{ role: 'assistant', content: 'Yes?' },
				{ role: 'user', content: 'Hello' },
			],
		},
	],
	[
		'anthropic',
		{
			messages: [
				{ role: 'user', content: 'Hi' },
				{ role: 'assistant', content: 'Yes?' },
				{ role: 'user', content: 'Hello' },
			],
			instruction: 'Be short',
		},
	],
	[
		'gemini',
		{
			messages: {
				system_instruction: { parts: { text: 'Be short' } },
				contents: [
					{ role: 'user', parts: [{ text: 'Hi' }] },
					{ role: 'model', parts: [{ text: 'Yes?' }] },
					{ role: 'user', parts: [{ text: 'Hello' }] },
				],
			},
		},
	],
])('a conversation in the format of %s', (family, body) => {
	const turns = [
		{ role: 'user' as const, parts: [{ text: 'Hi' }] },
		{ role: 'assistant' as const, parts: [{ text: 'Yes?' }] },
	];
	const question = ask({ system: 'Be short', earlier: { system: '', turns } });
	expect(chatRequest(family, question)).toEqual(body);
});

it.each<[family: ChatFamily, files: ChatFile[], parts: object[]]>([
	[
		'openai',
		[photo, pdf, sound, far],
		[
			{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
			{
				type: 'file',
				file: { filename: 'a.bin', file_data: 'data:application/pdf;base64,BBBB' },
			},
			{ type: 'input_audio', input_audio: { data: 'CCCC', format: 'mp3' } },
			{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
			{ type: 'text', text: 'Hello' },
		],
	],
	[
		'anthropic',
		[photo, pdf, far],
		[
			{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
			{
				type: 'document',
				source: { type: 'base64', media_type: 'application/pdf', data: 'BBBB' },
			},
			{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
			{ type: 'text', text: 'Hello' },
		],
	],
	[
		'gemini',
		[photo, pdf, sound, far],
		[
			{ inlineData: { mimeType: 'image/png', data: 'AAAA' } },
			{ inlineData: { mimeType: 'application/pdf', data: 'BBBB' } },
			{ inlineData: { mimeType: 'audio/mpeg', data: 'CCCC' } },
			{ fileData: { fileUri: 'https://example.com/a.png' } },
			{ text: 'Hello' },
		],
	],
])('files in the format of %s, before the question', (family, files, parts) => {
	const { messages } = chatRequest(family, ask({ files })) as Record<string, never>;
	const turns =
		family === 'gemini' ? (messages as unknown as { contents: unknown }).contents : messages;
	const key = family === 'gemini' ? 'parts' : 'content';
	expect(turns).toEqual([{ role: 'user', [key]: parts }]);
});

const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
const named = (of: object) => ({
	type: 'json_schema',
	json_schema: { name: 'answer', schema: of },
});

it.each<[family: ChatFamily, given: object | undefined, format: object]>([
	['openai', schema, named(schema)],
	['gemini', schema, named(schema)],
	['anthropic', schema, named({ ...schema, additionalProperties: false })],
	['openai', undefined, { type: 'json_object' }],
	['gemini', undefined, { type: 'json_object' }],
	['anthropic', undefined, named({ type: 'object' })],
])('JSON is asked of %s as it allows', (family, given, format) => {
	const question = ask({ json: { schema: given as never } });
	expect(chatRequest(family, question).response_format).toEqual(format);
});

it.each<[prompt: string, system: string, isAdded: boolean]>([
	['Hello', '', true],
	['Hello', 'Be short', true],
	['Answer as json', '', false],
	['Hello', 'You write JSON', false],
])('to OpenAI and DeepSeek "%s" with "%s" says the word JSON', (prompt, system, isAdded) => {
	const { messages } = chatRequest('openai', ask({ prompt, system, json: { schema: undefined } }));
	expect(JSON.stringify(messages)).toMatch(/json/i);
	expect(JSON.stringify(messages).includes('Answer with JSON only.')).toBe(isAdded);
});
