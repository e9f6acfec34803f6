import type { INodeProperties } from 'n8n-workflow';

import { modelField } from './historyFields';

export const eventField: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'options',
	options: [
		{ name: 'Completed', value: 'completed', description: 'A request completed successfully' },
		{ name: 'Completed or Failed', value: 'any', description: 'A request completed or failed' },
		{ name: 'Failed', value: 'failed', description: 'A request failed' },
	],
	default: 'completed',
	description: 'What starts the workflow',
};

export const triggerFields: INodeProperties[] = [eventField, modelField];
