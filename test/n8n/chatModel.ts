/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChatMessage {
	role: string;
	content?: string | Array<{ text?: string }> | null;
}

/** A request to a chat model, in the format of OpenAI's chat completions. */
export interface ChatRequest {
	model: string;
	messages: ChatMessage[];
	tools?: Array<{
		function: {
			name: string;
			description: string;
			parameters: { properties: Record<string, object> };
		};
	}>;
}

/** A server with OpenAI's API, and a scripted model behind it. */
export interface ChatModel {
	/** The base URL for n8n's credential. */
	readonly url: string;
	/** The requests so far. */
	readonly requests: ChatRequest[];
	/** What the model writes into the prompt of the tool; if empty, the words of the user. */
	prompt: string;
	close(): Promise<void>;
}

/** Starts a chat model that calls the first tool it is given, once per message of the user, and then shows the result. */
export async function startChatModel(port = 0): Promise<ChatModel> {
	const requests: ChatRequest[] = [];
	const model = { prompt: '' };
	const server = createServer((request, response) => {
		const answer = (status: number, body: object) =>
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		if (!request.url?.endsWith('/chat/completions')) {
			answer(404, { error: { message: `There is no ${request.url} here` } });
			return;
		}
		bodyOf(request).then(
			(asked) => {
				requests.push(asked);
				answer(200, completion(asked, model.prompt || wordsOfUser(asked), requests.length));
			},
			(error: unknown) => answer(400, { error: { message: String(error) } }),
		);
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	return Object.assign(model, {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	});
}

async function bodyOf(request: IncomingMessage): Promise<ChatRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return JSON.parse(Buffer.concat(chunks).toString()) as ChatRequest;
}

/** The text of a message, in either of the two formats. */
export function textOf({ content }: ChatMessage): string {
	return typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('');
}

function wordsOfUser({ messages }: ChatRequest): string {
	const last = messages.filter(({ role }) => role === 'user').at(-1);
	return last ? textOf(last) : '';
}

function completion(asked: ChatRequest, prompt: string, number: number): object {
	const last = asked.messages.at(-1);
	const said = last?.role === 'tool' ? shown(textOf(last)) : undefined;
	const call = {
		id: `call_${number}`,
		type: 'function',
		function: { name: asked.tools?.[0]?.function.name, arguments: JSON.stringify({ prompt }) },
	};
	const message =
		said === undefined
			? { role: 'assistant', content: null, tool_calls: [call] }
			: { role: 'assistant', content: said };
	return {
		id: `chatcmpl-${number}`,
		object: 'chat.completion',
		created: 1_700_000_000,
		model: asked.model,
		choices: [{ index: 0, message, finish_reason: said === undefined ? 'tool_calls' : 'stop' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

/** What the model makes of a tool's answer: the picture at the address in it, the words in it, or else the answer itself. */
function shown(answer: string): string {
	const [url] = /https?:\/\/[^\s"\\]+/.exec(answer) ?? [];
	if (url) return `Here it is: ![the picture](${url})`;
	const [, text] = /"text\\*":\s*\\*"([^"\\]+)/.exec(answer) ?? [];
	return text ? `It says: ${text}` : `That did not work: ${answer}`;
}
