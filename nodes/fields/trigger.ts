import type { INodeProperties, IPollFunctions } from 'n8n-workflow';

import type { TriggerRule } from '../jobs/trigger/pollHistory';
import { modelField } from './historyFields';
import { readModelFilter } from './slug';
import { readChoice } from './value';

const eventField: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'options',
	options: [
		{ name: 'Any End', value: 'any', description: 'A request was completed or has failed' },
		{ name: 'Completed', value: 'completed', description: 'A request was completed' },
		{ name: 'Failed', value: 'failed', description: 'A request has failed' },
	],
	default: 'completed',
	description: 'What starts the workflow',
};

export const triggerFields: INodeProperties[] = [eventField, modelField];

/** Reads what starts the workflow; throws a failure for a value that makes no sense. */
export function readTriggerRule(context: IPollFunctions): TriggerRule {
	const valueOf = ({ name, default: standard }: INodeProperties) =>
		context.getNodeParameter(name, standard) as never;
	return {
		event: readChoice({ event: valueOf(eventField) }, eventField) as TriggerRule['event'],
		model: readModelFilter(modelField.displayName, valueOf(modelField)),
	};
}
