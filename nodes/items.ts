import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { failedJson, type RequestedRun } from './api/failedItem';
import {
	asFailure,
	failureWithoutKey,
	forAgent,
	withoutKey,
	type SegmindFailure,
} from './api/failure';
import { pauses } from './api/slices';
import { showHints } from './items/showHints';
import { readerOf, toNodeError } from './items/nodeError';
import { overallError, type Outcome } from './items/overallError';
import { isAgentTool } from './jobs/agentTool';

/** State shared by all items of a run. */
export interface SharedRun {
	apiKey: string;
	/** Observations made during the run, shown to the user as hints. */
	hints?: readonly string[];
	/** Called when a failure ends the node: work in progress is finished, nothing new is started. */
	halt?: () => void;
	/** Called at the end, whatever the outcome; `succeeded` if no item failed. */
	close?: (succeeded: boolean) => void;
}

/** What a node does with its input items. */
export interface ItemWork<Run extends SharedRun, Prepared> {
	/** Opens the shared state; a failure here fails every item. */
	start: () => Promise<Run>;
	/** Reads and checks one item's parameters. All items are prepared before anything is sent for any of them. */
	prepare: (itemIndex: number) => Prepared;
	/** Problems of a prepared item that do not stop it: shown as hints on the node. */
	warnings?: (prepared: Prepared) => readonly string[];
	/** Throws if these items should not be started at all; called only if the node stops at the first failure. */
	expectFeasible?: (run: Run, prepared: Prepared[]) => Promise<void>;
	/** How many items may be processed concurrently. */
	maxConcurrency: (run: Run, prepared: Prepared[]) => number;
	/** Whether an earlier try of this run started the item: it is then completed even after another item failed. */
	hasStarted?: (run: Run, prepared: Prepared) => boolean;
	/** The job of an item that Segmind Check Status can collect. */
	jobOf?: (run: Run, prepared: Prepared) => string | undefined;
	/**
	 * Processes one item; returns its output items per output of the node. Anything else worth reporting becomes a hint.
	 */
	work: (
		run: Run,
		prepared: Prepared,
		itemIndex: number,
		hint: (message: string) => void,
	) => Promise<INodeExecutionData[][]>;
	/**
	 * The run that an item requested, reported with its failure; undefined for a node that neither starts nor collects
	 * jobs. Must not throw: it is also called for items that could not be prepared.
	 */
	requestedRun?: (itemIndex: number, prepared: Prepared | undefined) => RequestedRun;
	/** Whether an item's input fields are kept alongside those of its result. */
	keepsInput?: (itemIndex: number) => boolean;
	/** True for a node that runs once, whatever the number of items: only the first is read. */
	oncePerRun?: boolean;
	/** Number of outputs of the node. */
	outputs?: number;
	/** The output for a failed item when the node continues on fail; the first by default. */
	failedOutput?: (failure: SegmindFailure) => number;
}

/**
 * The only loop over items: prepares all, works on several at once, and returns the results per output, in input order,
 * each linked to its input item. When the node does not continue on fail, the first failure stops new work, lets work
 * in progress (an earlier try's included) finish, and then fails the node with a list of every other item's outcome.
 */
export async function runItems<Run extends SharedRun, Prepared>(
	context: IExecuteFunctions,
	{
		start,
		prepare,
		warnings,
		expectFeasible,
		maxConcurrency,
		hasStarted,
		jobOf,
		work,
		requestedRun,
		keepsInput,
		oncePerRun,
		outputs = 1,
		failedOutput = () => 0,
	}: ItemWork<Run, Prepared>,
): Promise<INodeExecutionData[][]> {
	const continueOnFail = context.continueOnFail();
	const isAgent = isAgentTool(context);
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
			const failure = asFailure(thrown);
			// First of all: no other item may begin while a large answer is being cleaned.
			if (!continueOnFail || failure.details.stopped) stop();
			const clean = await failureWithoutKey(failure, apiKey);
			const failed = isAgent ? forAgent(clean) : clean;
			if (failed.details.unexpected) logUnexpected(context, failed, apiKey);
			outcomes[itemIndex] = { failed };
		}
	};

	// Reading a thousand items takes longer than n8n's event loop may be blocked.
	const pause = pauses();
	for (const itemIndex of outcomes.keys()) {
		await settle(itemIndex, async () => {
			prepared.set(itemIndex, prepare(itemIndex));
			run ??= await start();
			return undefined;
		});
		await pause();
	}
	const hints = [...prepared.values()].flatMap((item) => warnings?.(item) ?? []);
	const expectFeasibleRun = async (shared: Run) => {
		const notStarted = [...prepared].filter(([, item]) => !hasStarted?.(shared, item));
		if (continueOnFail || stopped || !expectFeasible || !notStarted[0]) return;
		await settle(notStarted[0][0], async () => {
			await expectFeasible(
				shared,
				notStarted.map(([, item]) => item),
			);
			return undefined;
		});
	};
	const processAll = async (shared: Run) => {
		const queue = [...prepared].values();
		const worker = async () => {
			for (let next = queue.next(); !next.done; next = queue.next()) {
				const [itemIndex, item] = next.value;
				if (stopped && !hasStarted?.(shared, item)) continue;
				await settle(itemIndex, async () => ({
					done: await work(shared, item, itemIndex, (message) => hints.push(message)),
				}));
			}
		};
		const workers = Math.min(maxConcurrency(shared, [...prepared.values()]), prepared.size);
		await Promise.all(Array.from({ length: workers }, worker));
	};
	try {
		if (run) {
			await expectFeasibleRun(run);
			await processAll(run);
		}
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
		const json = failedJson(failure, requestedRun?.(item, prepared.get(item)));
		// People paste keys into prompts.
		if (typeof json.prompt === 'string') json.prompt = withoutKey(json.prompt, run?.apiKey ?? '');
		return asFailedItem(context, failure, { json, pairedItem: { item } });
	};
	return collect(outcomes, outputs, failedOutput, failedItem).map((outputItems) =>
		outputItems.map((item) => withInput(item, items, keepsInput)),
	);
}

/** Writes an unexpected error to n8n's log with its stack; the user sees only its message. */
function logUnexpected(
	context: IExecuteFunctions,
	{ cause }: SegmindFailure,
	apiKey: string,
): void {
	const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
	const { name } = context.getNode();
	context.logger.error(withoutKey(`Unexpected error in the node "${name}": ${stack}`, apiKey));
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
			collected[output]?.push(
				...items.map((outputItem) => ({ ...outputItem, pairedItem: { item } })),
			);
		}
	}
	return collected;
}

/** An output item and the index of its input item. */
type PairedItem = INodeExecutionData & { pairedItem: { item: number } };

/**
 * Adds the input item's fields after those of the node, if they are to be kept. Except `error`: n8n recognises a failed
 * item by that name, and Retry On Fail would then run, and pay for, a successful item again.
 */
function withInput(
	outputItem: PairedItem,
	items: readonly INodeExecutionData[],
	keepsInput?: (itemIndex: number) => boolean,
): INodeExecutionData {
	const { item } = outputItem.pairedItem;
	if (!keepsInput?.(item)) return outputItem;
	const kept = Object.entries(items[item]?.json ?? {}).filter(([name]) => name !== 'error');
	outputItem.json = { ...outputItem.json, ...Object.fromEntries(kept), ...outputItem.json };
	return outputItem;
}

function asFailedItem(
	context: IExecuteFunctions,
	failure: SegmindFailure,
	outputItem: PairedItem,
): PairedItem {
	if (context.getNode().onError !== 'continueErrorOutput') return outputItem;
	// n8n moves an item with an `error` to the error output, but replaces its JSON with the bare message if it still finds
	// that property on the way out. A non-enumerable one is seen by the first step and dropped by the copy made before
	// the second.
	return Object.defineProperty(outputItem, 'error', {
		value: toNodeError(context.getNode(), failure, outputItem.pairedItem.item, readerOf(context)),
		enumerable: false,
	});
}
