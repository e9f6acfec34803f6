import type { INodeProperties } from 'n8n-workflow';

import { modelField } from './historyFields';

export const eventField: INodeProperties = {
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
