import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { connect } from '../api/connection';
import { asFailure, failureWithoutKey, SegmindFailure } from '../api/failure';
import { now, wallTime } from '../clock';
import { readTriggerRule } from '../fields/trigger';
import { toNodeError } from '../items/nodeError';
import { newestRequest, pollHistory, firstPoll } from '../jobs/trigger/pollHistory';
import { readState, withSettings } from '../jobs/trigger/triggerState';
import { historyJson, type RequestSummary } from '../media/historyItem';

/** The next poll follows anyway, so few retries are made. */
const CONNECTION_OPTIONS = { concurrency: 1, maxRetries: 2 };
/** The fraction of the time that n8n allows for a poll that is spent on reading. */
const READING_SHARE = 0.6;
/** The time allowed by versions of n8n that do not say, in milliseconds. */
const DEFAULT_BUDGET_MS = 5 * 60_000;

/** The triggers whose poll is running: n8n starts the next one even if it takes longer than its interval. */
const running = new Set<string>();

/** Emits the requests that have ended since the last poll; null if there are none, or if another poll is still running. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await pollOnce(context);
	const trigger = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	// From the same mark both would emit the same requests.
	if (running.has(trigger)) return null;
	running.add(trigger);
	try {
		return await pollOnce(context);
	} finally {
		running.delete(trigger);
	}
}

async function pollOnce(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	let apiKey = '';
	try {
		const connection = await connect(context, CONNECTION_OPTIONS);
		apiKey = connection.apiKey;
		const rule = readTriggerRule(context);
		if (context.getMode() === 'manual') {
			const newest = await newestRequest(connection, rule);
			if (!newest) throw nothingToShow();
			return itemsOf([newest]);
		}
		const { credentials } = context.getNode();
		const settings = JSON.stringify([rule.event, rule.model, credentials?.segmindApi?.id ?? null]);
		const staticData = context.getWorkflowStaticData('node');
		const state = readState(staticData, wallTime());
		if (!state) {
			staticData.segmind = { ...(await firstPoll(connection, settings, wallTime)) };
			return null;
		}
		// Unknown to older versions of n8n.
		const budgetMs =
			(context.getPollBudgetMs as (() => number) | undefined)?.() ?? DEFAULT_BUDGET_MS;
		const deadline = now() + budgetMs * READING_SHARE;
		const found = await pollHistory(
			connection,
			rule,
			withSettings(state, settings),
			wallTime(),
			() => now() >= deadline,
		);
		staticData.segmind = { ...found.state };
		return found.requests.length ? itemsOf(found.requests) : null;
	} catch (thrown) {
		throw toNodeError(context.getNode(), await failureWithoutKey(asFailure(thrown), apiKey));
	}
}

function itemsOf(requests: readonly RequestSummary[]): INodeExecutionData[][] {
	return [requests.map((request) => ({ json: historyJson(request) }))];
}

function nothingToShow(): SegmindFailure {
	return new SegmindFailure('There is no such request in the last seven days', {
		description:
			'Run a model, and fetch a test event when it has finished: Segmind may record it a few minutes later. An active workflow starts by itself',
	});
}
