import type { IDataObject } from 'n8n-workflow';
import { readFlowRun } from '../../nodes/fields/flowRun';
import { contextWith, itemWith } from './contextWith';

const PATH = '0123456789abcdef01234567-v1';
const run = (parameters: IDataObject, type?: string) =>
	readFlowRun(
		contextWith(
			{ workflow: PATH, ...parameters },
			{ items: [itemWith({ data: 'a.png' })], ...(type ? { type } : {}) },
		),
		0,
	);

it.each<[given: unknown, path: string]>([
	[PATH, PATH],
	[` ${PATH} `, PATH],
	[`https://api.segmind.com/workflows/${PATH}`, PATH],
	[`https://api.segmind.com/workflows/${PATH}/?x=1`, PATH],
	// The host is never used.
	[`https://evil.example/workflows/${PATH}`, PATH],
	['v2/my-flow.1', 'v2/my-flow.1'],
	[{ __rl: true, mode: 'id', value: PATH }, PATH],
])('reads %j as PixelFlow %s', (given, path) => {
	expect(run({ workflow: given as string }).path).toBe(path);
});

it.each<[given: unknown, message: string]>([
	['', 'PixelFlow must be the URL on the API tab'],
	['my-flow', 'PixelFlow must be'],
	['v2/../requests', 'PixelFlow must be'],
	['v2/a..b', 'PixelFlow must be'],
	['v3/my-flow', 'PixelFlow must be'],
	[`${PATH}/status`, 'PixelFlow must be'],
	['https://api.segmind.com/v1/flux', 'PixelFlow must be'],
	[{ value: 7 }, 'PixelFlow must be'],
	['https://www.segmind.com/pixelflows/sticker', 'is the web page of a PixelFlow, not its API URL'],
])('rejects %j', (given, message) => {
	expect(() => run({ workflow: given as string })).toThrow(message);
});

it('reads the inputs, their files by name, and the item’s settings', () => {
	const inputFiles = { file: [{ parameter: 'Photo', binaryField: 'data' }] };
	const flow = run({
		inputs: '{"Prompt": "a fox"}',
		inputFiles,
		options: { timeout: 90 },
		binaryField: 'flow_',
	});
	expect(flow).toMatchObject({
		body: { Prompt: 'a fox' },
		inputFiles: [{ parameter: 'Photo', sendAs: 'url', source: { field: 'data' } }],
		wait: true,
		timeoutMs: 90_000,
		output: { download: true, binaryField: 'flow_' },
	});
	expect(run({}).key).not.toBe(flow.key);
});

it('requires the name of a file’s input', () => {
	const inputFiles = { file: [{ binaryField: 'data' }] };
	expect(() => run({ inputFiles })).toThrow('Input Files: Input Name must be');
});

it.each(['1st_', 'a b', '__proto__'])('a prefix of %j is refused', (binaryField) => {
	expect(() => run({ binaryField })).toThrow('Output Field Prefix must be');
});

it('returns URLs, not files, to an agent', () => {
	const { output } = run({ download: true }, 'n8n-nodes-segmind.segmindRunPixelFlowTool');
	expect(output.download).toBe(false);
});
