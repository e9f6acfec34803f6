import type { INodeProperties, IPollFunctions } from 'n8n-workflow';

import type { TriggerRule } from '../jobs/trigger/pollHistory';
import { modelField } from './historyFields';
import { readModelFilter } from './slug';
import { eventField } from './triggerFields';
import { readChoice } from './value';

/** Reads what starts the workflow; throws a failure for a value that makes no sense. */
export function readTriggerRule(context: IPollFunctions): TriggerRule {
	const valueOf = ({ name, default: standard }: INodeProperties) =>
		context.getNodeParameter(name, standard) as never;
	return {
		event: readChoice({ event: valueOf(eventField) }, eventField) as TriggerRule['event'],
		model: readModelFilter(modelField.displayName, valueOf(modelField)),
	};
}
