/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets, @n8n/community-nodes/require-node-api-error -- runs outside n8n, with a key of a simulator */
import axios from 'axios';
import type { NodeParameterValueType } from 'n8n-workflow';
import { withMagicWords } from '../simulator/magicWords';
import { startSimulator, type Simulator } from '../simulator/simulator';
import type { NodeJson, WorkflowJson } from '../engine/workflow';
import type { StoredCredential } from './client';
import { startN8n, type N8n, type N8nOptions } from './server';

/** Simulated seconds per real second by default. */
const SPEED = 20;

/** How long a job takes, in simulated seconds. */
const JOB_SECONDS = 4;

export const NODE_NAMES = [
	'segmindCheckStatus',
	'segmindGenerateAudio',
	'segmindGenerateImage',
	'segmindGenerateText',
	'segmindGenerateVideo',
	'segmindGetCredits',
	'segmindGetHistory',
	'segmindRunPixelFlow',
	'segmindSubmitAsync',
	'segmindTrigger',
	'segmindUploadAsset',
];

/** An n8n with the package, a fake Segmind, and credentials for it. */
export interface Host {
	n8n: N8n;
	simulator: Simulator;
	good: StoredCredential;
	bad: StoredCredential;
	close(): Promise<void>;
}

/** Starts everything a suite needs. At speed 1 the simulated Segmind and n8n agree on what happened before what. */
export async function startHost(
	options: N8nOptions = {},
	speed = SPEED,
	jobSeconds = JOB_SECONDS,
): Promise<Host> {
	const simulator = await startSimulator({
		speed,
		...withMagicWords(() => jobSeconds),
	});
	try {
		const n8n = await startN8n(options);
		const { client } = n8n;
		const wrong = { ...simulator.credential, apiKey: 'SG_0000000000000000' };
		return {
			n8n,
			simulator,
			bad: await client.addCredential('Wrong key', 'segmindApi', wrong),
			good: await client.addCredential('Segmind account', 'segmindApi', simulator.credential),
			close: async () => {
				await n8n.stop();
				await simulator.close();
			},
		};
	} catch (error) {
		await simulator.close();
		throw error;
	}
}

/** A model as the user gives it by slug. */
export function bySlug(value: string): NodeParameterValueType {
	return { __rl: true, mode: 'slug', value };
}

/** The type of one of the package's nodes. */
export function typeOf(name: string): string {
	return `n8n-nodes-segmind.${name}`;
}

/** The types that n8n offers for these nodes: each is a tool of an AI agent too, but for a trigger. */
export function offeredTypes(names: readonly string[]): string[] {
	return names
		.flatMap((name) => (name.endsWith('Trigger') ? [name] : [name, `${name}Tool`]))
		.map(typeOf)
		.sort();
}

/** Calls the webhook of a published workflow. */
export async function call(url: string): Promise<{ status: number; data: unknown }> {
	return await axios.post<unknown>(url, {}, { validateStatus: () => true });
}

/** Returns a copy of a workflow that starts with a webhook instead of its Manual Trigger. */
export function onWebhook(
	workflow: WorkflowJson,
	path: string,
	responseMode: string,
): WorkflowJson {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Start'
			? {
					...node,
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					webhookId: path,
					parameters: { path, httpMethod: 'POST', responseMode, options: {} },
				}
			: node,
	);
	return { ...workflow, nodes };
}

/** Manual Trigger > one Segmind node. */
export function oneNode(
	name: string,
	parameters: NodeJson['parameters'],
	segmindApi: StoredCredential,
	nodeName = 'Segmind',
): WorkflowJson {
	return {
		name: 'My workflow',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'segmind',
				name: nodeName,
				type: typeOf(name),
				typeVersion: 1,
				position: [220, 0],
				parameters,
				credentials: { segmindApi },
			},
		],
		connections: { Start: { main: [[{ node: nodeName, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** Gives the node behind the trigger several items. */
export function withItems(workflow: WorkflowJson, items: readonly object[]): WorkflowJson {
	const place = { position: [110, 0] as [number, number] };
	const assignment = { id: '1', name: 'row', type: 'array', value: JSON.stringify(items) };
	const main = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	const rows = {
		id: 'rows',
		name: 'Rows',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		...place,
		parameters: { assignments: { assignments: [assignment] } },
	};
	const split = {
		id: 'split',
		name: 'Split',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		...place,
		parameters: { fieldToSplitOut: 'row' },
	};
	return {
		...workflow,
		nodes: [...workflow.nodes, rows, split],
		connections: { Start: main('Rows'), Rows: main('Split'), Split: main('Segmind') },
	};
}
