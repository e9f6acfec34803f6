/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeJson, WorkflowJson } from '../engine/workflow';
import type { StoredCredential } from './client';
import { root } from './versions';

const folder = join(root, 'templates');

/** All templates, by file name. */
export function allTemplates(): string[] {
	return readdirSync(folder).filter((file) => file.endsWith('.json'));
}

/** Those of them that need only a Segmind credential and no earlier requests. */
export function templateFiles(): string[] {
	return allTemplates().filter((file) => !readTemplate(file).nodes.some(needsMore));
}

/** The templates about the request history, by file name. */
export function historyTemplateFiles(): string[] {
	return allTemplates().filter((file) => readTemplate(file).nodes.some(readsHistory));
}

/** A template as it is in the repository. */
export function readTemplate(file: string): WorkflowJson {
	return JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowJson;
}

/** The credential that a node type needs. */
const WANTED: Array<[RegExp, string]> = [
	[/^n8n-nodes-segmind\./, 'segmindApi'],
	[/\.google/, 'googleApi'],
	[/\.postgres$/, 'postgres'],
	[/\.lmChatOpenAi$/, 'openAiApi'],
	[/\.mcpTrigger$/, 'httpBearerAuth'],
];

/** Does what a user does after importing: selects the credentials. The sample photo comes from this machine. */
export function connected(
	template: WorkflowJson,
	credentials: Record<string, StoredCredential>,
	photoUrl = '',
): WorkflowJson {
	const nodes = template.nodes.map((node): NodeJson => {
		if (node.type === 'n8n-nodes-base.httpRequest') {
			return { ...node, parameters: { ...node.parameters, url: photoUrl } };
		}
		const name = WANTED.find(([type]) => type.test(node.type))?.[1] ?? '';
		const chosen = credentials[name];
		return chosen ? { ...node, credentials: { [name]: chosen } } : node;
	});
	return { ...template, nodes };
}

/** The SQL statement that creates a template's table, taken from the template's own note. */
export function wantedTable({ nodes }: WorkflowJson): string {
	const notes = nodes.map(({ parameters }) => String(parameters?.content ?? ''));
	return /```sql\n([^]+?)```/.exec(notes.join('\n'))?.[1] ?? '';
}

/** Nodes that store or send things need an account of their own. */
function needsMore(node: NodeJson): boolean {
	const wants = /\.(postgres|googleDrive|googleSheets|awsS3|slack|telegram)|langchain/i;
	return !node.disabled && (wants.test(node.type) || readsHistory(node));
}

function readsHistory({ type }: NodeJson): boolean {
	return /segmind(GetHistory|Trigger)$/.test(type);
}
