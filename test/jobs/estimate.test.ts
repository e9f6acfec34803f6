import { estimateItem } from '../../nodes/jobs/estimate';
import type { ModelCall } from '../../nodes/jobs/modelCall';
import type { InputFile, SentFile } from '../../nodes/media/inputFile';

const call: ModelCall = {
	key: '0:a',
	slug: 'nano-banana',
	body: { prompt: 'a fox' },
	inputFiles: [],
	nearModels: () => [],
	prompt: 'a fox',
	averageSeconds: 9,
	averageUsd: 0.04,
	images: 1,
	hasRandomSeed: false,
	estimateOnly: true,
	reuseDays: 0,
	warnings: [],
};
const binary = { data: '', id: 'filesystem-v2:x', mimeType: 'image/png', fileName: 'a.png' };
const stored = (more: Partial<InputFile> = {}): InputFile => ({
	parameter: 'image',
	source: { binary, field: 'data' },
	sendAs: 'url',
	...more,
});
const jsonOf = (more: Partial<ModelCall>) => estimateItem({ ...call, ...more }, 0.04).json;

it('says price, seconds, what would be sent and what is odd about it', () => {
	expect(jsonOf({ warnings: ['"sted" is not known'] })).toEqual({
		status: 'ESTIMATE',
		model: 'nano-banana',
		estimated_cost: 0.04,
		estimated_seconds: 9,
		parameters: { prompt: 'a fox' },
		problems: ['"sted" is not known'],
	});
	expect(estimateItem({ ...call, averageSeconds: null }, null).json).toMatchObject({
		estimated_cost: null,
		estimated_seconds: null,
	});
});

it('a random seed is random still, not the number that was drawn', () => {
	const body = { prompt: 'a fox', seed: 123 };
	expect(jsonOf({ body, hasRandomSeed: true }).parameters).toMatchObject({ seed: -1 });
	expect(jsonOf({ body }).parameters).toMatchObject({ seed: 123 });
});

it.each<[what: string, file: InputFile, shown: unknown]>([
	['a file that would be uploaded', stored(), '(the file in the field "data")'],
	[
		'a file that would be sent as text',
		stored({ sendAs: 'base64' }),
		'(the file in the field "data")',
	],
	['a list of one', stored({ asList: true }), ['(the file in the field "data")']],
	['a URL', stored({ source: { url: 'https://a.test/a.png' } }), 'https://a.test/a.png'],
	[
		'a URL whose file would be sent as text',
		stored({ source: { url: 'https://a.test/a.png' }, sendAs: 'dataUri' }),
		'(the file at https://a.test/a.png)',
	],
])('%s', (_what, file, shown) => {
	expect(jsonOf({ inputFiles: [file] }).parameters).toEqual({ prompt: 'a fox', image: shown });
});

it('a conversation is shown with its files in place', () => {
	const bodyWith = (files: readonly SentFile[]) => ({
		messages: files.map(({ mimeType, content }) => ({ mimeType, content })),
	});
	expect(jsonOf({ inputFiles: [stored()], bodyWith }).parameters).toEqual({
		messages: [{ mimeType: 'image/png', content: { url: '(the file in the field "data")' } }],
	});
});

it('the input item’s files stay', () => {
	expect(estimateItem(call, null, { data: binary }).binary).toEqual({ data: binary });
	expect(estimateItem(call, null)).not.toHaveProperty('binary');
});
