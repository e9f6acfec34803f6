/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readFile } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import Table from 'cli-table3';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Engine, RunResult, WorkflowJson } from '../test/engine/engine';
import { writeNewFile } from './output-folder';

/** A finished file and what is known about it. */
export interface Finished {
	prompt: string;
	json: IDataObject;
	file: string;
	/** Its name in n8n's own store. */
	stored: string;
}

export interface Failed {
	prompt: string;
	message: string;
}

/** The results of a run, filled in as the files are written. */
export interface Results {
	finished: Finished[];
	failed: Failed[];
}

/** Writes every file that Segmind's nodes returned, and lists the failed items. */
export async function collectResults(
	engine: Engine,
	run: RunResult,
	workflow: WorkflowJson,
	folder: string,
	{ finished, failed }: Results,
): Promise<void> {
	for (const { name, type } of workflow.nodes) {
		if (!type.startsWith('n8n-nodes-segmind.')) continue;
		for (const item of run.outputs(name).flat()) {
			const prompt = promptOf(run, name, item);
			if (item.json.failure_reason) failed.push({ prompt, message: explain(item.json) });
			for (const data of Object.values(item.binary ?? {})) {
				const bytes = await engine.binary(data);
				const file = await writeNewFile(folder, data.fileName ?? 'file', bytes);
				finished.push({ prompt, json: item.json, file, stored: basename(data.id ?? '') });
			}
		}
	}
}

/** Writes the files that a run had stored but, because it failed or was stopped, did not return as items. */
export async function rescueFiles(
	engine: Engine,
	executionId: string,
	folder: string,
	{ finished }: Results,
): Promise<void> {
	const written = new Set(finished.map(({ stored }) => stored));
	for (const { path, fileName } of await engine.storedFiles(executionId)) {
		const stored = basename(path);
		if (written.has(stored)) continue;
		const file = await writeNewFile(folder, fileName, await readFile(path));
		finished.push({ prompt: '', json: {}, file, stored });
	}
}

function explain({ failure_reason: reason, advice }: IDataObject): string {
	return [reason, advice].filter(Boolean).join('. ');
}

/** The prompt of the input item that an item was made from. */
function promptOf(run: RunResult, node: string, { pairedItem }: INodeExecutionData): string {
	const [paired] = [pairedItem].flat();
	const index = typeof paired === 'object' ? paired.item : paired;
	const source = run.runData[node]?.[0]?.source[0];
	if (index === undefined || !source) return '';
	const input = run.outputs(source.previousNode)[source.previousNodeOutput ?? 0];
	return String(input?.[index]?.json.prompt ?? '');
}

/** The table at the end. */
export function resultTable(finished: Finished[]): string {
	const table = new Table({
		head: ['Prompt', 'Model', 'Seed', 'Cost', 'Seconds', 'File'],
		style: { head: process.stdout.isTTY ? ['cyan'] : [], border: [] },
		colAligns: ['left', 'left', 'right', 'right', 'right', 'left'],
	});
	for (const { prompt, json, file } of finished) {
		table.push([
			shorten(prompt, 44),
			String(json.model ?? ''),
			String(json.seed ?? '-'),
			typeof json.cost === 'number' ? `$${json.cost.toFixed(4)}` : '-',
			typeof json.inference_time === 'number' ? json.inference_time.toFixed(1) : '-',
			shortPath(file),
		]);
	}
	return table.toString();
}

function shortPath(file: string): string {
	const path = relative(process.cwd(), file);
	return path.startsWith('..') ? file : path;
}

function shorten(text: string, length: number): string {
	return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
