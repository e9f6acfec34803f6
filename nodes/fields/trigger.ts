import type { INodeProperties, IPollFunctions } from 'n8n-workflow';

import type { TriggerRule } from '../jobs/trigger/pollHistory';
import { readChoice } from './value';
import { readWords } from './words';

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

const modelField: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'string',
	default: '',
	placeholder: 'e.g. fast-flux-schnell',
	description: 'The exact slug of a model. Leave empty for all models.',
};

export const triggerFields: INodeProperties[] = [eventField, modelField];

/** Reads what starts the workflow; throws a failure for a value that makes no sense. */
export function readTriggerRule(context: IPollFunctions): TriggerRule {
	const valueOf = ({ name, default: standard }: INodeProperties) =>
		context.getNodeParameter(name, standard) as never;
	return {
		event: readChoice({ event: valueOf(eventField) }, eventField) as TriggerRule['event'],
		model: readWords(modelField.displayName, valueOf(modelField)).trim(),
	};
}
