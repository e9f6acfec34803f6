/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunResult } from '../engine/engine';
import type { Simulator } from '../simulator/simulator';

/** A model that is quick and cheap. */
export const model = { __rl: true, mode: 'slug', value: 'fast-flux-schnell' };
/** The option for small images. */
export const smallPicture = { jsonParameters: '{ "width": 48, "height": 48 }' };

/** Everything that a run reports to its user about failures. */
export function textOf({ error }: RunResult): string {
	const { message = '', description } = (error ?? {}) as { message?: string; description?: string };
	return [message, description?.replaceAll('<br>', '\n')].filter(Boolean).join('\n');
}

/** The items that a line of a node's error is about: "Items 0, 2 and 5 to 9: finished". */
export function itemsOfLine(line: string): number[] {
	const ranges = /^Items? ([\d, andto]+):/.exec(line)?.[1]?.split(/, | and /) ?? [];
	return ranges.flatMap((range) => {
		const [from = 0, to = from] = range.split(' to ').map(Number);
		return Array.from({ length: to - from + 1 }, (_, index) => from + index);
	});
}

/** Waits until every job of a simulator has ended, so that its bill is final. */
export async function allEnded(simulator: Simulator): Promise<void> {
	while (simulator.jobs.some(({ state }) => state === 'QUEUED' || state === 'PROCESSING')) {
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

/** Does `work` for every entry, `width` at a time, each worker with a tool of its own; gives the results in order. */
export async function sideBySide<Tool, Entry, Result>(
	tools: readonly Tool[],
	entries: readonly Entry[],
	work: (tool: Tool, entry: Entry) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const queue = entries.entries();
	const worker = async (tool: Tool) => {
		for (let next = queue.next(); !next.done; next = queue.next()) {
			const [index, entry] = next.value;
			results[index] = await work(tool, entry);
		}
	};
	await Promise.all(tools.map(worker));
	return results;
}

/** A host that belongs to nobody: whatever comes here should not have been sent. */
export async function startTrap(): Promise<{
	url: string;
	requests: string[];
	close: () => Promise<void>;
}> {
	const requests: string[] = [];
	const server = createServer((request, response) => {
		requests.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
		response.end('{}');
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((closed) => server.close(() => closed()));
		},
	};
}
