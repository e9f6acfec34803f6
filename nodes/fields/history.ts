import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { HistoryStatus } from '../api/historyRows';
import type { HistoryInput } from '../jobs/readHistory';
import type { SpendGroup } from '../jobs/spend';
import { readDays } from './days';
import {
	downloadField,
	fromField,
	groupByField,
	limitField,
	modelField,
	returnAllField,
	statusField,
	toField,
	viewField,
} from './historyFields';
import { readModelFilter } from './slug';
import { choiceParameter, readNumber, switchParameter } from './value';

/**
 * Reads what one item requests; throws a failure, before anything is sent, for an invalid value.
 * @param today wall-clock time
 */
export function readHistoryInput(
	context: IExecuteFunctions,
	itemIndex: number,
	today: number,
): HistoryInput {
	const valueOf = ({ name, default: defaultValue }: INodeProperties) =>
		context.getNodeParameter(name, itemIndex, defaultValue) as never;
	const isSpend = choiceParameter(context, itemIndex, viewField) === 'spend';
	const groupBy = isSpend
		? (choiceParameter(context, itemIndex, groupByField) as SpendGroup)
		: undefined;
	const isAll = isSpend || switchParameter(context, itemIndex, returnAllField);
	const limit = isAll
		? Infinity
		: Math.floor(readNumber({ limit: valueOf(limitField) }, limitField));
	const status = isSpend ? '' : choiceParameter(context, itemIndex, statusField);
	return {
		...readDays(valueOf(fromField), valueOf(toField), today),
		model: readModelFilter(modelField.displayName, valueOf(modelField)),
		status: status as HistoryStatus | '',
		limit,
		download: !isSpend && switchParameter(context, itemIndex, downloadField),
		groupBy,
	};
}
