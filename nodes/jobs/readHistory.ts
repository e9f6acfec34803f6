import type { INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../api/connection';
import { historyRows } from '../api/historyPages';
import { joinRows, matchesFilter, type HistoryStatus } from '../api/historyRows';
import {
	historyItem,
	historyJson,
	summarizeRequest,
	type RequestSummary,
} from '../media/historyItem';
import { spendOf, type SpendGroup } from './spend';

/** What one item requests from the history. */
export interface HistoryInput {
	/** Days in UTC, YYYY-MM-DD, both included. */
	from: string;
	to: string;
	/** The exact slug; empty for all models. */
	model: string;
	/** Empty for all. */
	status: HistoryStatus | '';
	/** Maximum number of requests to return; Infinity for all. */
	limit: number;
	/** Whether the files are fetched as well. */
	download: boolean;
	/** A report of the spend instead of the requests. */
	groupBy: SpendGroup | undefined;
}

/** The output items of one input item: the requests, newest first, or the report of what they cost. */
export async function readHistory(
	connection: Connection,
	input: HistoryInput,
	hint: (message: string) => void,
): Promise<INodeExecutionData[]> {
	const requests = await requestsOf(connection, input);
	if (input.groupBy) {
		const withoutCost = requests.filter(
			({ cost, status }) => cost === null && status !== 'FAILED',
		).length;
		if (withoutCost)
			hint(
				`Of ${requests.length} requests ${withoutCost} had no cost yet; the report counts them as $0`,
			);
		return spendOf(requests, input.groupBy).map((spend) => ({ json: { ...spend } }));
	}
	if (!input.download) return requests.map((request) => ({ json: historyJson(request) }));
	const items = await Promise.all(
		requests.map(async (request) => await historyItem(connection, request)),
	);
	const incomplete = items.filter(({ json }) => json.download_error).length;
	if (incomplete) {
		hint(
			`The files of ${incomplete} requests could not be fetched: see download_error in their items. Segmind deletes files after seven days`,
		);
	}
	return items;
}

/** Reads pages until there are enough requests, and one more: the last one may have further rows. */
async function requestsOf(
	connection: Connection,
	{ from, to, model, status, limit, groupBy }: HistoryInput,
): Promise<RequestSummary[]> {
	const rows: RequestSummary[] = [];
	const ids = new Set<string>();
	const query = { from, to, ...(model ? { model } : {}), ...(status ? { status } : {}) };
	for await (const page of historyRows(connection, query)) {
		for (const row of page) {
			if (!matchesFilter(row, { model, status })) continue;
			// A report needs no inputs, and a year of them would fill the memory.
			rows.push(groupBy ? { ...row, prompt: null, parameters: null } : summarizeRequest(row));
			ids.add(row.requestId);
		}
		if (ids.size > limit) break;
	}
	return joinRows(rows).slice(0, limit);
}
