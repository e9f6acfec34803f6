import { chatFacts, isChatAnswer } from '../../nodes/api/chatFacts';

const openAi = (finish: string, message: object = { content: 'Hi' }) => ({
	choices: [{ message, finish_reason: finish }],
	usage: { prompt_tokens: 3, completion_tokens: 5 },
});

it.each<
	[what: string, body: unknown, reason: string | null, input: number | null, out: number | null]
>([
	['OpenAI', openAi('stop'), 'stop', 3, 5],
	[
		'Anthropic',
		{ content: [], stop_reason: 'end_turn', usage: { input_tokens: 3, output_tokens: 5 } },
		'end_turn',
		3,
		5,
	],
	[
		'Gemini',
		{
			candidates: [{ finishReason: 'STOP' }],
			usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 5, thoughtsTokenCount: 20 },
		},
		'STOP',
		3,
		25,
	],
	['LLaVA', { response: 'Hi' }, null, null, null],
	['plain text', null, null, null, null],
	['a list', [1], null, null, null],
	['no choices', { choices: [], usage: null }, null, null, null],
])('reads the facts of %s', (_, body, finishReason, inputTokens, outputTokens) => {
	expect(chatFacts(body)).toEqual({
		finishReason,
		inputTokens,
		outputTokens,
		isTruncated: false,
		refusal: undefined,
	});
});

it.each(['length', 'max_tokens', 'MAX_TOKENS'])('treats finish reason %s as cut off', (reason) => {
	expect(chatFacts(openAi(reason)).isTruncated).toBe(true);
});

it.each<[body: unknown, refusal: string]>([
	[openAi('stop', { content: null, refusal: 'I cannot' }), 'I cannot'],
	[openAi('content_filter'), 'the answer ended with "content_filter"'],
	[{ content: [], stop_reason: 'refusal' }, 'the answer ended with "refusal"'],
	[{ candidates: [{ finishReason: 'SAFETY' }] }, 'the answer ended with "SAFETY"'],
	[{ promptFeedback: { blockReason: 'OTHER' } }, 'the prompt was blocked (OTHER)'],
])('reads %j as a refusal', (body, refusal) => expect(chatFacts(body).refusal).toBe(refusal));

it('ignores an empty refusal', () => {
	expect(chatFacts(openAi('stop', { content: 'Hi', refusal: '' })).refusal).toBeUndefined();
});

it.each<[body: unknown, isChat: boolean]>([
	[openAi('stop'), true],
	[{ candidates: [] }, true],
	[{ content: [], stop_reason: 'end_turn' }, true],
	[{ text: 'Hi', words: [] }, false],
	[null, false],
])('recognises %j as a chat answer: %s', (body, isChat) => expect(isChatAnswer(body)).toBe(isChat));
