import type { ChatFacts } from '../../nodes/api/chatFacts';
import { textJson } from '../../nodes/media/textJson';

const unknown = { status: 'QUEUED', model: null, prompt: null, requestId: null } as const;

/** In the contract's order: a table shows the columns so. */
const NOTHING = {
	status: 'QUEUED',
	model: null,
	prompt: null,
	text: null,
	json: null,
	finish_reason: null,
	input_tokens: null,
	output_tokens: null,
	cost: null,
	remaining_credits: null,
	inference_time: null,
	request_id: null,
};

it('has every key, and null for what is not known', () => {
	expect(Object.entries(textJson(unknown))).toEqual(Object.entries(NOTHING));
});

it('tells all that is known', () => {
	const chat = { finishReason: 'stop', inputTokens: 12, outputTokens: 9 } as ChatFacts;
	const metrics = { cost: 0.0031, remaining_credits: 41.1, inference_time: 1.9 };
	const facts = {
		...unknown,
		status: 'COMPLETED',
		model: 'gpt-5',
		prompt: 'Hi',
		requestId: 'r',
	} as const;
	expect(textJson({ ...facts, text: '{"a":1}', json: { a: 1 }, chat, metrics })).toEqual({
		status: 'COMPLETED',
		model: 'gpt-5',
		prompt: 'Hi',
		text: '{"a":1}',
		json: { a: 1 },
		finish_reason: 'stop',
		input_tokens: 12,
		output_tokens: 9,
		...metrics,
		request_id: 'r',
	});
});

it('an empty answer and false are answers', () => {
	expect(textJson({ ...unknown, text: '', json: false })).toMatchObject({ text: '', json: false });
});
