import type { INodeProperties, IPollFunctions } from 'n8n-workflow';

import type { TriggerRule } from '../jobs/trigger/pollHistory';
import { modelField } from './historyFields';
import { readModelFilter } from './slug';
import { eventField } from './triggerFields';
import { readChoice } from './value';

/** Reads what starts the workflow; throws a failure for an invalid value. */
export function readTriggerRule(context: IPollFunctions): TriggerRule {
	const valueOf = ({ name, default: defaultValue }: INodeProperties) =>
		context.getNodeParameter(name, defaultValue) as never;
	return {
		event: readChoice({ event: valueOf(eventField) }, eventField) as TriggerRule['event'],
		model: readModelFilter(modelField.displayName, valueOf(modelField)),
	};
}
