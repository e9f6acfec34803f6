import {
	acceptsUrl,
	chatFamily,
	chatFileKind,
	fileKindsOf,
} from '../../../nodes/catalog/chat/family';
import { allModels } from '../../../nodes/catalog/models';
import { parameterTable, type ModelParameter } from '../../../nodes/catalog/parameters';

const table = (name: string, type: ModelParameter['type']) => ({
	trusted: false,
	complete: false,
	parameters: [{ name, type, required: false }],
});

it.each([
	['claude-4.5-sonnet', 'anthropic'],
	['claude-opus-4.7', 'anthropic'],
	['gemini-3-pro', 'gemini'],
	['gpt-5.4-mini', 'openai'],
	['o3-mini', 'openai'],
	['deepseek-chat', 'openai'],
	['llama-v3p1-8b-instruct', 'openai'],
	['llama4-scout-instruct-basic', 'openai'],
	['qwen2p5-vl-32b-instruct', 'openai'],
	['qwen3-max', 'openai'],
	['mixtral-8x22b-instruct', 'openai'],
	['kimi-k2-instruct-0905', 'openai'],
	['minimax-m3', 'openai'],
	['glm-5.2', 'openai'],
	['llava-v1.6', undefined],
	['eleven-labs-transcript', undefined],
	['ideogram-describe', undefined],
	['google-translate', undefined],
	['minimax-hailuo-2', undefined],
	['some-new-chat', undefined],
])('%s talks as %s', (slug, family) => {
	expect(chatFamily(slug)).toBe(family);
});

it.each<[type: ModelParameter['type'], family: string]>([
	['array', 'openai'],
	['object', 'gemini'],
])('a model of unknown make with messages of type %s talks as %s', (type, family) => {
	expect(chatFamily('some-new-chat', table('messages', type))).toBe(family);
});

it('one without messages takes a flat prompt', () => {
	expect(chatFamily('some-new-chat', table('prompt', 'string'))).toBeUndefined();
});

it('every bundled model whose table has messages has a family, and none that takes files in fields', () => {
	const families = allModels().map(({ slug }) => {
		const names = parameterTable(slug)?.parameters.map(({ name }) => name) ?? [];
		return { slug, hasMessages: names.includes('messages'), family: chatFamily(slug) };
	});
	expect(families.filter(({ hasMessages, family }) => hasMessages && !family)).toEqual([]);
});

it.each([
	['gpt-5.4-mini', 'openai', ['image', 'pdf', 'audio']],
	['claude-4.5-sonnet', 'anthropic', ['image', 'pdf']],
	['gemini-2.5-flash', 'gemini', ['image', 'pdf', 'audio', 'video']],
	['qwen3-vl-plus', 'openai', ['image', 'pdf', 'audio']],
	['gpt-4o', 'openai', ['image', 'pdf', 'audio']],
	['gpt-4-turbo', 'openai', ['image', 'pdf', 'audio']],
	['gpt-4', 'openai', []],
	['deepseek-reasoner', 'openai', []],
	['llama-v3p1-405b-instruct', 'openai', []],
	['o3-mini', 'openai', []],
] as const)('%s reads files of these kinds', (slug, family, kinds) => {
	expect(fileKindsOf(slug, family)).toEqual(kinds);
});

it.each([
	['image/png', 'image'],
	['application/pdf', 'pdf'],
	['audio/mpeg', 'audio'],
	['video/mp4', 'video'],
	['text/plain', undefined],
	['application/zip', undefined],
])('%s is %s', (mimeType, kind) => expect(chatFileKind(mimeType)).toBe(kind));

it('OpenAI’s format has URLs for pictures only', () => {
	expect(acceptsUrl('openai', 'image')).toBe(true);
	expect(acceptsUrl('openai', undefined)).toBe(true);
	expect(acceptsUrl('openai', 'pdf')).toBe(false);
	expect(acceptsUrl('anthropic', 'pdf')).toBe(true);
	expect(acceptsUrl('gemini', 'video')).toBe(true);
});
