import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** The label in the panel, for messages. */
export const INPUT_FILES = 'Input Files';

/** Where the file of a row is. */
export const fileSource: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	options: [
		{
			name: 'File of the Item',
			value: 'binary',
			description: 'A file from the input item',
		},
		{
			name: 'All Files of the Item',
			value: 'allBinaries',
			description: 'Every file from the input item, in the order in which the item has them',
		},
		{
			name: 'URL',
			value: 'url',
			description: 'A file on the web, or the file of an earlier node',
		},
	],
	default: 'binary',
	description: 'Where the file is',
};

/** A model's input files, each assigned to a field. */
export const inputFilesField = rowsOf(
	{
		displayName: 'Model Field Name or ID',
		name: 'parameter',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getFileFields', loadOptionsDependsOn: ['model.value'] },
		default: '',
		builderHint: { propertyHint: 'Leave empty: the file goes to the field that fits it.' },
		description:
			'The field of the model that takes the file. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	'Files for the model to work on, such as a photo or a mask',
);

/** The input files of a PixelFlow, whose inputs are unknown here. */
export const flowFilesField = rowsOf(
	{
		displayName: 'Input Name',
		name: 'parameter',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Photo',
		description: 'The input of the PixelFlow that takes the file',
	},
	'Files that the PixelFlow takes as input',
);

function rowsOf(target: INodeProperties, description: string): INodeProperties {
	return {
		displayName: INPUT_FILES,
		name: 'inputFiles',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add file',
		default: {},
		description,
		builderHint: {
			propertyHint:
				'binaryField is the name of a binary field of the input item, such as data: neither an expression nor the file itself. For a URL use source url; source allBinaries takes every file of the item.',
		},
		options: [
			{
				displayName: 'File',
				name: 'file',
				values: [
					fileSource,
					{
						displayName: 'Input Data Field Name',
						name: 'binaryField',
						type: 'string',
						default: 'data',
						required: true,
						placeholder: 'e.g. data',
						hint: 'The name of the input field that contains the file; separate several names with commas',
						displayOptions: { show: { source: ['binary'] } },
					},
					{
						displayName: 'URL',
						name: 'url',
						type: 'string',
						default: '',
						required: true,
						placeholder: 'e.g. https://example.com/photo.jpg',
						description: 'The URL of the file; it must open without signing in',
						hint: 'Paste a link, or drag url or file_name of an earlier node here',
						displayOptions: { show: { source: ['url'] } },
					},
					target,
				],
			},
		],
	};
}

/** n8n's hook for the list in a row: the file fields of the model currently selected in the editor. */
export async function getFileFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	// Loaded only when someone opens the list, since n8n loads every node on startup.
	const { fileFieldList } = await import('../catalog/fileFieldList');
	const own = this.getCurrentNodeParameter('&parameter');
	return await fileFieldList(this, this.getCurrentNodeParameter('model'), own);
}
