import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failedJson, type Asked } from './api/failedItem';
import {
	asFailure,
	failureWithoutKey,
	toNodeError,
	withoutKey,
	type SegmindFailure,
} from './api/failure';
import { overallError, type Outcome } from './items/overallError';

/** What all items of a run share. */
export interface SharedRun {
	apiKey: string;
	/** What was seen on the way that the user should know. */
	hints?: readonly string[];
	/** Called when a failure ends the node: begun work is finished, nothing new is started. */
	halt?: () => void;
	/** Called at the end, however it came; `endedWell` when no item failed. */
	close?: (endedWell: boolean) => void;
}

/** What a node does with its input items. */
export interface ItemWork<Run extends SharedRun, Prepared> {
	/** Opens what all items share; its failure is every item's failure. */
	start: () => Promise<Run>;
	/** Reads and checks one item's parameters. All items are prepared before anything is sent for any of them. */
	prepare: (itemIndex: number) => Prepared;
	/** Problems of a prepared item that do not stop it: shown as hints on the node. */
	warnings?: (prepared: Prepared) => readonly string[];
	/** How many items may be worked on at the same time. */
	atOnce: (run: Run, prepared: Prepared[]) => number;
	/** Whether an earlier try of this run began the item: it is then brought to its end even after another one failed. */
	isBegun?: (run: Run, prepared: Prepared) => boolean;
	/** The job of an item that Segmind Check Status can collect. */
	jobOf?: (run: Run, prepared: Prepared) => string | undefined;
	/** Does the work of one item; returns its items per output of the node. What it has to say beside them is a hint. */
	work: (
		run: Run,
		prepared: Prepared,
		itemIndex: number,
		hint: (message: string) => void,
	) => Promise<INodeExecutionData[][]>;
	/**
	 * What an item asked for, told where it fails; undefined for a node that starts and collects no job. Must not throw:
	 * what could not be prepared is asked too.
	 */
	asked?: (itemIndex: number, prepared: Prepared | undefined) => Asked;
	/** Whether an item's own fields are kept beside those of its result. */
	keepsInput?: (itemIndex: number) => boolean;
	/** True for a node that does its work once, whatever the number of items: only the first is looked at. */
	oncePerRun?: boolean;
	/** How many outputs the node has. */
	outputs?: number;
	/** The output that takes a failed item when the node continues on fail; the first by default. */
	failedOutput?: (failure: SegmindFailure) => number;
}

/** Cap on hints per run. */
const MAX_HINTS = 20;

/**
 * The only loop over items: prepares all, works on several at once, and returns the results per output, in input
 * order, each linked to its input item. When the node does not continue on fail, the first failure stops new work, lets
 * begun work finish, that of an earlier try too, and then fails the node with a list of every other item's outcome.
 */
export async function runItems<Run extends SharedRun, Prepared>(
	context: IExecuteFunctions,
	{
		start,
		prepare,
		warnings,
		atOnce,
		isBegun,
		jobOf,
		work,
		asked,
		keepsInput,
		oncePerRun,
		outputs = 1,
		failedOutput = () => 0,
	}: ItemWork<Run, Prepared>,
): Promise<INodeExecutionData[][]> {
	const goesOn = context.continueOnFail();
	const items = context.getInputData().slice(0, oncePerRun ? 1 : undefined);
	const outcomes = items.map((): Outcome => undefined);
	const prepared = new Map<number, Prepared>();
	let run: Run | undefined;
	let stopped = false;
	const stop = () => {
		stopped = true;
		run?.halt?.();
	};
	const settle = async (itemIndex: number, step: () => Promise<Outcome>) => {
		try {
			outcomes[itemIndex] = await step();
		} catch (thrown) {
			const apiKey = run?.apiKey ?? '';
			const failed = failureWithoutKey(asFailure(thrown), apiKey);
			if (failed.details.unexpected) logUnexpected(context, failed, apiKey);
			outcomes[itemIndex] = { failed };
			if (!goesOn || failed.details.stopped) stop();
		}
	};

	for (const itemIndex of outcomes.keys()) {
		await settle(itemIndex, async () => {
			prepared.set(itemIndex, prepare(itemIndex));
			run ??= await start();
			return undefined;
		});
	}
	const hints = [...prepared.values()].flatMap((item) => warnings?.(item) ?? []);
	const workOn = async (shared: Run) => {
		const queue = [...prepared].values();
		const worker = async () => {
			for (let next = queue.next(); !next.done; next = queue.next()) {
				const [itemIndex, item] = next.value;
				if (stopped && !isBegun?.(shared, item)) continue;
				await settle(itemIndex, async () => ({
					done: await work(shared, item, itemIndex, (message) => hints.push(message)),
				}));
			}
		};
		const workers = Math.min(atOnce(shared, [...prepared.values()]), prepared.size);
		await Promise.all(Array.from({ length: workers }, worker));
	};
	try {
		if (run) await workOn(run);
	} finally {
		run?.close?.(!outcomes.some((outcome) => outcome && 'failed' in outcome));
	}
	showHints(context, [...hints, ...(run?.hints ?? [])], run?.apiKey ?? '');
	if (stopped) {
		throw overallError(context, outcomes, (itemIndex) => {
			const item = prepared.get(itemIndex);
			return run && item !== undefined ? jobOf?.(run, item) : undefined;
		});
	}
	const failedItem = (failure: SegmindFailure, item: number) => {
		const json = failedJson(failure, asked?.(item, prepared.get(item)));
		// People paste keys into prompts.
		if (typeof json.prompt === 'string') json.prompt = withoutKey(json.prompt, run?.apiKey ?? '');
		return asFailedItem(context, failure, { json, pairedItem: { item } });
	};
	return collect(outcomes, outputs, failedOutput, failedItem).map((made) =>
		made.map((item) => withInput(item, items, keepsInput)),
	);
}

/** Writes an unexpected error to n8n's log with its stack; the user sees only its sentence. */
function logUnexpected(
	context: IExecuteFunctions,
	{ cause }: SegmindFailure,
	apiKey: string,
): void {
	const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
	const { name } = context.getNode();
	context.logger.error(withoutKey(`Unexpected error in the node "${name}": ${stack}`, apiKey));
}

/** Shows each sentence once on the node, where this n8n has hints. */
function showHints(context: IExecuteFunctions, messages: string[], apiKey: string): void {
	// A hint quotes what a field holds, which may be the key by mistake.
	const different = [...new Set(messages.map((message) => withoutKey(message, apiKey)))];
	const shown = different.slice(0, MAX_HINTS);
	if (different.length > shown.length) {
		shown.push(`There are ${different.length - shown.length} more hints of this kind`);
	}
	const hints = shown.map((message) => ({
		message,
		type: 'warning' as const,
		location: 'outputPane' as const,
	}));
	if (hints.length) context.addExecutionHints?.(...hints);
}

function collect(
	outcomes: Outcome[],
	outputs: number,
	failedOutput: (failure: SegmindFailure) => number,
	failedItem: (failure: SegmindFailure, item: number) => PairedItem,
): PairedItem[][] {
	const collected = Array.from({ length: outputs }, (): PairedItem[] => []);
	for (const [item, outcome] of outcomes.entries()) {
		if (outcome && 'failed' in outcome) {
			collected[failedOutput(outcome.failed)]?.push(failedItem(outcome.failed, item));
		}
		for (const [output, items] of (outcome && 'done' in outcome ? outcome.done : []).entries()) {
			collected[output]?.push(...items.map((made) => ({ ...made, pairedItem: { item } })));
		}
	}
	return collected;
}

/** An output item and the index of its input item. */
type PairedItem = INodeExecutionData & { pairedItem: { item: number } };

/**
 * The input item's fields below those of the node, where they are to be kept. But for `error`: by that name n8n knows a
 * failed item, and with Retry On Fail it would run, and pay for, what went well once more.
 */
function withInput(
	made: PairedItem,
	items: readonly INodeExecutionData[],
	keepsInput?: (itemIndex: number) => boolean,
): INodeExecutionData {
	const { item } = made.pairedItem;
	if (!keepsInput?.(item)) return made;
	const kept = Object.entries(items[item]?.json ?? {}).filter(([name]) => name !== 'error');
	made.json = { ...made.json, ...Object.fromEntries(kept), ...made.json };
	return made;
}

function asFailedItem(
	context: IExecuteFunctions,
	failure: SegmindFailure,
	made: PairedItem,
): PairedItem {
	if (context.getNode().onError !== 'continueErrorOutput') return made;
	// n8n moves an item with an `error` to the error output, but replaces its JSON by the bare message if it still finds
	// that property on the way out. Not enumerable, it is seen by the first step and lost in the copy before the second.
	return Object.defineProperty(made, 'error', {
		value: toNodeError(context.getNode(), failure, made.pairedItem.item),
		enumerable: false,
	});
}
