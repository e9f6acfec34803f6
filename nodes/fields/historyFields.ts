import type { INodeProperties } from 'n8n-workflow';

export const viewField: INodeProperties = {
	displayName: 'View',
	name: 'view',
	type: 'options',
	options: [
		{ name: 'Requests', value: 'requests', description: 'One item per request, newest first' },
		{ name: 'Spend', value: 'spend', description: 'What the requests cost, added up' },
	],
	default: 'requests',
	description: 'What the output items contain',
};

export const groupByField: INodeProperties = {
	displayName: 'Group By',
	name: 'groupBy',
	type: 'options',
	options: [
		{ name: 'Day', value: 'day' },
		{ name: 'Model', value: 'model' },
		{ name: 'Model and Day', value: 'modelAndDay' },
	],
	default: 'model',
	description: 'What each item of the report covers; days are in UTC',
	displayOptions: { show: { view: ['spend'] } },
};

export const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
	displayOptions: { show: { view: ['requests'] } },
};

export const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { view: ['requests'], returnAll: [false] } },
};

export const fromField: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'dateTime',
	default: '',
	description: 'The first day, in UTC. Leave empty for the seven days before To.',
};

export const toField: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'dateTime',
	default: '',
	description: 'The last day (included), in UTC. Leave empty for today.',
};

export const modelField: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'string',
	default: '',
	placeholder: 'e.g. fast-flux-schnell',
	description: 'A model by its slug, its name or the URL of its page. Leave empty for all models.',
};

export const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'All', value: '' },
		{ name: 'Completed', value: 'COMPLETED' },
		{ name: 'Failed', value: 'FAILED' },
		{ name: 'Pending', value: 'PENDING', description: 'Still running, or not yet recorded' },
	],
	default: '',
	description: 'Which requests to return',
	displayOptions: { show: { view: ['requests'] } },
};

export const downloadField: INodeProperties = {
	displayName: 'Download',
	name: 'download',
	type: 'boolean',
	default: false,
	description: 'Whether to download the files as well; Segmind deletes them after seven days',
	displayOptions: { show: { view: ['requests'] } },
};

export const historyFields: INodeProperties[] = [
	viewField,
	groupByField,
	returnAllField,
	limitField,
	fromField,
	toField,
	modelField,
	statusField,
	downloadField,
];
