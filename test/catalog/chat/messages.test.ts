import type { ChatFamily } from '../../../nodes/catalog/chat/family';
import { messageFields } from '../../../nodes/catalog/chat/messages';
import type { ChatFile, ChatPart } from '../../../nodes/catalog/chat/turn';

const file = (
	mimeType: string | null,
	content: ChatFile['content'],
	fileName: string | null = null,
) => ({
	file: { mimeType, fileName, content },
});
const base64 = { base64: 'AAAA' };
const url = { url: 'https://example.com/a' };

// Source: "API Format" on the model pages.
it.each<[family: ChatFamily, part: ChatPart, written: object]>([
	['openai', { text: 'Hi' }, { type: 'text', text: 'Hi' }],
	[
		'openai',
		file('image/png', base64),
		{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
	],
	['openai', file('image/png', url), { type: 'image_url', image_url: url }],
	['openai', file(null, url), { type: 'image_url', image_url: url }],
	[
		'openai',
		file('application/pdf', base64, 'bill.pdf'),
		{ type: 'file', file: { filename: 'bill.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
	],
	[
		'openai',
		file('application/pdf', base64),
		{
			type: 'file',
			file: { filename: 'document.pdf', file_data: 'data:application/pdf;base64,AAAA' },
		},
	],
	[
		'openai',
		file('audio/mpeg', base64),
		{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
	],
	[
		'openai',
		file('audio/x-wav', base64),
		{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
	],
	['anthropic', { text: 'Hi' }, { type: 'text', text: 'Hi' }],
	[
		'anthropic',
		file('image/png', base64),
		{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
	],
	['anthropic', file('image/png', url), { type: 'image', source: { type: 'url', ...url } }],
	[
		'anthropic',
		file('application/pdf', url),
		{ type: 'document', source: { type: 'url', ...url } },
	],
	['gemini', { text: 'Hi' }, { text: 'Hi' }],
	['gemini', file('video/mp4', base64), { inlineData: { mimeType: 'video/mp4', data: 'AAAA' } }],
	['gemini', file('video/mp4', url), { fileData: { mimeType: 'video/mp4', fileUri: url.url } }],
	['gemini', file(null, url), { fileData: { fileUri: url.url } }],
])('a part for %s: %j', (family, part, written) => {
	const turns = [{ role: 'user' as const, parts: [{ text: 'See' }, part] }];
	const { messages } = messageFields(family, { system: '', turns });
	expect(messages).toEqual(
		family === 'gemini'
			? { contents: [{ role: 'user', parts: [{ text: 'See' }, written] }] }
			: [{ role: 'user', content: [expect.objectContaining({ text: 'See' }), written] }],
	);
});

it.each<[family: ChatFamily, fields: object]>([
	[
		'openai',
		{
			messages: [
				{ role: 'system', content: 'Be short' },
				{ role: 'assistant', content: 'Yes?' },
			],
		},
	],
	['anthropic', { messages: [{ role: 'assistant', content: 'Yes?' }], instruction: 'Be short' }],
	[
		'gemini',
		{
			messages: {
				system_instruction: { parts: { text: 'Be short' } },
				contents: [{ role: 'model', parts: [{ text: 'Yes?' }] }],
			},
		},
	],
])('where %s has the system text', (family, fields) => {
	const turns = [{ role: 'assistant' as const, parts: [{ text: 'Yes?' }] }];
	expect(messageFields(family, { system: 'Be short', turns })).toEqual(fields);
});
