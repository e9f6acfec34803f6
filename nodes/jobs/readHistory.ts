import type { INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../api/connection';
import { historyRows } from '../api/historyPages';
import { isOf, joinRows, type HistoryStatus } from '../api/historyRows';
import { historyItem, historyJson, shownRequest, type ShownRequest } from '../media/historyItem';
import { spendOf, type SpendGroup } from './spend';

/** What one item asks the history. */
export interface HistoryQuestion {
	/** Days in UTC, YYYY-MM-DD, both included. */
	from: string;
	to: string;
	/** The exact slug; empty for all models. */
	model: string;
	/** Empty for all. */
	status: HistoryStatus | '';
	/** The most requests to give; Infinity for all. */
	limit: number;
	/** Whether the files are fetched as well. */
	download: boolean;
	/** A report of the spend instead of the requests. */
	groupBy: SpendGroup | undefined;
}

/** The items of one question: the requests, the newest first, or the report of what they cost. */
export async function readHistory(
	connection: Connection,
	question: HistoryQuestion,
	hint: (message: string) => void,
): Promise<INodeExecutionData[]> {
	const requests = await requestsOf(connection, question);
	if (question.groupBy) {
		const open = requests.filter(({ cost, status }) => cost === null && status !== 'FAILED').length;
		if (open)
			hint(`Of ${requests.length} requests ${open} had no cost yet; the report counts them as $0`);
		return spendOf(requests, question.groupBy).map((spend) => ({ json: { ...spend } }));
	}
	if (!question.download) return requests.map((request) => ({ json: historyJson(request) }));
	const items = await Promise.all(
		requests.map(async (request) => await historyItem(connection, request)),
	);
	const lacking = items.filter(({ json }) => json.download_error).length;
	if (lacking) {
		hint(
			`The files of ${lacking} requests could not be fetched: see download_error in their items. Segmind deletes files after seven days`,
		);
	}
	return items;
}

/** Reads pages until there are enough requests, and one more: the last one may have further rows. */
async function requestsOf(
	connection: Connection,
	{ from, to, model, status, limit, groupBy }: HistoryQuestion,
): Promise<ShownRequest[]> {
	const rows: ShownRequest[] = [];
	const ids = new Set<string>();
	const query = { from, to, ...(model ? { model } : {}), ...(status ? { status } : {}) };
	for await (const page of historyRows(connection, query)) {
		for (const row of page) {
			if (!isOf(row, { model, status })) continue;
			// A report needs no inputs, and a year of them would fill the memory.
			rows.push(groupBy ? { ...row, prompt: null, parameters: null } : shownRequest(row));
			ids.add(row.requestId);
		}
		if (ids.size > limit) break;
	}
	return joinRows(rows).slice(0, limit);
}
