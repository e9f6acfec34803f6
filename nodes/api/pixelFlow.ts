import type { IDataObject } from 'n8n-workflow';

import type { Connection } from './connection';
import { expectOk } from './explain';
import { parseJsonInSteps } from './json';
import { pollWithOutput, readRequestId, type Poll } from './poll';
import { send } from './request';
import type { RequestContext } from './requestContext';
import type { Steps } from './slices';
import { SUBMIT_TIMEOUT_MS } from './timeouts';

/** POST /workflows/{id}-v{n} or /workflows/v2/{slug}: queues a PixelFlow. Source: a PixelFlow's API page. */
export async function submitPixelFlow(
	connection: Connection,
	path: string,
	inputs: IDataObject,
): Promise<string> {
	const request: RequestContext = {
		kind: 'submit',
		task: `start the PixelFlow "${path}"`,
		pixelFlow: path,
	};
	const answer = await expectOk(
		send(connection, {
			kind: 'submit',
			method: 'POST',
			url: `${connection.hosts.baseUrl}/workflows/${path}`,
			body: inputs,
			timeoutMs: SUBMIT_TIMEOUT_MS,
		}),
		request,
	);
	return readRequestId(answer, request);
}

/** GET /workflows/request/{id}: a PixelFlow's state, with its output once there is one. */
export async function pollPixelFlow(
	connection: Connection,
	requestId: string,
	maxRetries = 0,
): Promise<Poll> {
	const url = `${connection.hosts.baseUrl}/workflows/request/${encodeURIComponent(requestId)}`;
	return await pollWithOutput(connection, requestId, url, maxRetries, 'poll');
}

/** Whether an ID belongs to the first PixelFlow contract: 32 hexadecimal digits without dashes. */
export function isFirstContractId(requestId: string): boolean {
	return /^[0-9a-f]{32}$/i.test(requestId);
}

/** One output of a PixelFlow. */
export interface FlowOutput {
	/** Its name in the PixelFlow; a duplicate gets _2, or the next free number. */
	key: string;
	type: string | null;
	data: unknown;
}

/**
 * The outputs in a finished PixelFlow's body: `output` is a list of {keyname, value: {type, data}}, as JSON text or
 * already parsed. Source: a PixelFlow's API page.
 */
export function* readFlowOutputs(body: Record<string, unknown>): Steps<FlowOutput[]> {
	const entries = (yield* listOf(body.output)).map((entry, index) => {
		const { keyname, value = entry } = (entry ?? {}) as { keyname?: unknown; value?: unknown };
		// A property of this name would not survive n8n's copying of items.
		const isName = typeof keyname === 'string' && keyname !== '' && keyname !== '__proto__';
		return { name: isName ? keyname : `output_${index + 1}`, value };
	});
	const names = new Set(entries.map(({ name }) => name));
	const used = new Set<string>();
	const free = freeNames((name) => names.has(name));
	return entries.map(({ name, value }) => {
		const key = used.has(name) ? free(name) : name;
		names.add(key);
		used.add(key);
		const isTyped = typeof value === 'object' && value !== null && 'data' in value;
		if (!isTyped) return { key, type: null, data: value };
		const { type, data } = value as { type?: unknown; data: unknown };
		return { key, type: typeof type === 'string' ? type.toLowerCase() : null, data };
	});
}

/**
 * Returns each name as it is or, if taken, with the first free number appended. A name once taken must stay taken:
 * numbering never starts over, which would take quadratic time for a thousand namesakes.
 */
export function freeNames(isTaken: (name: string) => boolean): (preferred: string) => string {
	const next = new Map<string, number>();
	return (preferred) => {
		let name = preferred;
		let number = next.get(preferred) ?? 2;
		for (; isTaken(name); number++) name = `${preferred}_${number}`;
		next.set(preferred, number);
		return name;
	};
}

function* listOf(output: unknown): Steps<unknown[]> {
	const parsed = typeof output === 'string' ? yield* parseJsonInSteps(output) : undefined;
	if (parsed !== undefined) return Array.isArray(parsed) ? parsed : [parsed];
	return Array.isArray(output) ? output : output ? [output] : [];
}
