import { languageText, plainText } from '../../nodes/api/answerText';

describe('the text of a chat answer', () => {
	it.each<[shape: string, body: unknown, text: string | undefined]>([
		['OpenAI', { choices: [{ message: { role: 'assistant', content: 'Hello!' } }] }, 'Hello!'],
		[
			'OpenAI in parts',
			{ choices: [{ message: { content: [{ type: 'text', text: 'Hel' }, { text: 'lo!' }] } }] },
			'Hello!',
		],
		['OpenAI, older', { choices: [{ text: 'Hello!' }] }, 'Hello!'],
		['OpenAI, the first choice', { choices: [{ text: 'one' }, { text: 'two' }] }, 'one'],
		['OpenAI without words', { choices: [{ message: { content: null } }] }, ''],
		['Anthropic', { content: [{ type: 'text', text: 'Hello!' }] }, 'Hello!'],
		['Anthropic as a message', { message: { content: [{ text: 'Hello!' }] } }, 'Hello!'],
		[
			'Anthropic beside what it thought',
			{ content: [{ type: 'thinking', thinking: 'Hm' }, { text: 'Hi' }] },
			'Hi',
		],
		[
			'Gemini',
			{ candidates: [{ content: { role: 'model', parts: [{ text: 'Hel' }, { text: 'lo!' }] } }] },
			'Hello!',
		],
		[
			'Gemini beside what it thought',
			{ candidates: [{ content: { parts: [{ text: 'Hm', thought: true }, { text: 'Hi' }] } }] },
			'Hi',
		],
		['Gemini without words', { candidates: [{ finishReason: 'SAFETY' }] }, ''],
		['content that is no list of parts', { content: 'Hello!' }, undefined],
		['no choices', { choices: [] }, undefined],
		['something else', { output: 'Hello!' }, undefined],
		['a list', [{ text: 'Hello!' }], undefined],
		['null', null, undefined],
	])('%s: %j', (_shape, body, text) => expect(languageText(body)).toBe(text));
});

describe('the text of a model that does not chat', () => {
	it.each<[body: unknown, text: string | undefined]>([
		[{ text: 'Hi', words: [{ word: 'Hi', start: 0 }] }, 'Hi'],
		[{ response: 'Hi' }, 'Hi'],
		[{ content: 'Hi' }, 'Hi'],
		[{ transcription: 'Hi' }, 'Hi'],
		[{ text: ' ', caption: 'A fox' }, 'A fox'],
		// Silence is an answer too.
		[{ text: '' }, ''],
		[{ text: 5 }, undefined],
		[{ url: 'Hi' }, undefined],
		['Hi', undefined],
	])('%j: %j', (body, text) => expect(plainText(body)).toBe(text));
});
