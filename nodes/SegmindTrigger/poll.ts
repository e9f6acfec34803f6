import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { connect } from '../api/connection';
import { asFailure, failureWithoutKey, SegmindFailure, toNodeError } from '../api/failure';
import { now, wallTime } from '../clock';
import { readTriggerRule } from '../fields/trigger';
import { newestRequest, pollHistory, setMark } from '../jobs/trigger/pollHistory';
import { readState, withSettings } from '../jobs/trigger/triggerState';
import { historyJson, type ShownRequest } from '../media/historyItem';

/** A poll comes again anyway, so little is tried twice. */
const SENDING = { concurrency: 1, maxRetries: 2 };
/** How much of the time that n8n gives a poll is spent on reading. */
const SHARE = 0.6;
/** The time that n8n versions give that do not tell it, in milliseconds. */
const BUDGET_MS = 5 * 60_000;

/** Gives the requests that have ended since the last poll; null for none. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	let apiKey = '';
	try {
		const connection = await connect(context, SENDING);
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
		const state = readState(staticData);
		if (!state) {
			staticData.segmind = { ...(await setMark(connection, settings, wallTime)) };
			return null;
		}
		// Unknown to older versions of n8n.
		const budgetMs = (context.getPollBudgetMs as (() => number) | undefined)?.() ?? BUDGET_MS;
		const deadline = now() + budgetMs * SHARE;
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

function itemsOf(requests: readonly ShownRequest[]): INodeExecutionData[][] {
	return [requests.map((request) => ({ json: historyJson(request) }))];
}

function nothingToShow(): SegmindFailure {
	return new SegmindFailure('There is no such request in the last seven days', {
		description:
			'Run a model, and fetch a test event when it has ended: Segmind may record it some minutes later. An active workflow starts by itself',
	});
}
