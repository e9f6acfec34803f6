import type { INodeParameters } from 'n8n-workflow';
import { MemoryCredentials } from './engine/credentials';
import { startEngine, type Engine } from './engine/engine';
import { buildWorkflow } from './engine/workflow';

let engine: Engine;

beforeAll(async () => (engine = await startEngine()));
afterAll(async () => await engine.close());

/** What an expression of a node's description gives with these parameters, by n8n's own evaluation. */
async function evaluated(
	property: 'subtitle' | 'outputs',
	name: string,
	parameters: INodeParameters,
): Promise<unknown> {
	const type = `n8n-nodes-segmind.${name}`;
	const json = { nodes: [{ name: 'Node', type, parameters }], connections: {} };
	const { registry } = engine;
	const workflow = buildWorkflow(json, registry, new MemoryCredentials(registry, {}), 'workflow');
	const { description } = registry.getByNameAndVersion(type);
	await workflow.expression.acquireIsolate();
	try {
		return workflow.expression.getSimpleParameterValue(
			workflow.getNode('Node')!,
			description[property] as string,
			'internal',
			{},
		);
	} finally {
		await workflow.expression.releaseIsolate();
	}
}

const locator = (mode: string, value: string) => ({ __rl: true, mode, value });

it.each<[node: string, parameters: INodeParameters, subtitle: string]>([
	['segmindGenerateImage', {}, 'fast-flux-schnell · auto'],
	[
		'segmindGenerateImage',
		{ model: locator('slug', 'nano-banana'), options: { mode: 'sync' } },
		'nano-banana · sync',
	],
	[
		'segmindGenerateImage',
		{ output: 'url', options: { mode: 'sync' } },
		'fast-flux-schnell · async',
	],
	[
		'segmindGenerateImage',
		{
			model: locator('url', 'https://www.segmind.com/models/seedream-4.5'),
			options: { mode: 'async' },
		},
		'seedream-4.5 · async',
	],
	['segmindGenerateVideo', { model: locator('list', 'veo-3.1') }, 'veo-3.1'],
	[
		'segmindGenerateVideo',
		{ model: locator('url', 'https://www.segmind.com/models/sora-2'), duration: 8 },
		'sora-2 · 8 s',
	],
	['segmindGenerateAudio', {}, 'gemini-3.1-flash-tts'],
	['segmindGenerateText', {}, 'gpt-5.4-mini · text'],
	[
		'segmindGenerateText',
		{
			model: locator('url', 'https://www.segmind.com/models/claude-4.5-sonnet'),
			outputFormat: 'json',
		},
		'claude-4.5-sonnet · json',
	],
	['segmindSubmitAsync', { model: locator('list', 'kling-2') }, 'kling-2'],
	['segmindCheckStatus', {}, 'wait for completion'],
	['segmindCheckStatus', { waitForCompletion: false }, 'check once'],
	['segmindUploadAsset', {}, 'files of the item'],
	['segmindUploadAsset', { source: 'url' }, 'from the web'],
	['segmindUploadAsset', { source: 'dataUri' }, 'from data URIs'],
	['segmindGetCredits', {}, 'balance'],
	['segmindGetCredits', { lowBalance: 'route', minimumCredits: 5 }, 'at least $5'],
	['segmindRunPixelFlow', {}, 'wait for completion'],
	['segmindRunPixelFlow', { waitForCompletion: false }, 'submit only'],
])('under %s with %j stands "%s"', async (node, parameters, subtitle) => {
	expect(await evaluated('subtitle', node, parameters)).toBe(subtitle);
});

/** An expression may give the label of a choice, which the node itself understands too. */
it.each<[node: string, parameters: INodeParameters, tabs: Array<string | undefined>]>([
	['segmindCheckStatus', {}, [undefined]],
	['segmindCheckStatus', { routing: 'byStatus' }, ['Completed', 'In Progress', 'Failed']],
	['segmindCheckStatus', { routing: '={{ "By Status" }}' }, ['Completed', 'In Progress', 'Failed']],
	['segmindCheckStatus', { routing: '={{ " BYSTATUS" }}' }, ['Completed', 'In Progress', 'Failed']],
	['segmindCheckStatus', { routing: '={{ "Single" }}' }, [undefined]],
	['segmindGetCredits', {}, [undefined]],
	['segmindGetCredits', { lowBalance: 'route' }, ['Enough', 'Low']],
	['segmindGetCredits', { lowBalance: '={{ "Take Another Output" }}' }, ['Enough', 'Low']],
	['segmindGetCredits', { lowBalance: '={{ "Ignore" }}' }, [undefined]],
])('the outputs of %s with %j are %j', async (node, parameters, tabs) => {
	const outputs = (await evaluated('outputs', node, parameters)) as Array<{ displayName?: string }>;
	expect(outputs.map(({ displayName }) => displayName)).toEqual(tabs);
});
