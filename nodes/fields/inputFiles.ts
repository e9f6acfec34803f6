import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { findBinary, type InputFile } from '../media/inputFile';
import { badValue } from './options';

export const inputFilesField: INodeProperties = {
	displayName: 'Input Files',
	name: 'inputFiles',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add file',
	default: {},
	description: 'Files of the item that the model takes as input, such as a photo or a mask',
	options: [
		{
			displayName: 'File',
			name: 'file',
			values: [
				{
					displayName: 'Model Parameter',
					name: 'parameter',
					type: 'string',
					default: 'image',
					required: true,
					placeholder: 'e.g. image',
					description:
						'The field of the model that takes the file; two rows for the same one make a list',
				},
				{
					displayName: 'Input Data Field Name',
					name: 'binaryField',
					type: 'string',
					default: 'data',
					required: true,
					placeholder: 'e.g. data',
					hint: 'The name of the input field with the file',
				},
				{
					displayName: 'Send As',
					name: 'sendAs',
					type: 'options',
					options: [
						{ name: 'Base64', value: 'base64', description: 'The file itself as text' },
						{
							name: 'Data URI',
							value: 'dataUri',
							description: 'The file itself as text, with its type',
						},
						{
							name: 'URL',
							value: 'url',
							description: 'Uploaded to Segmind first: suits all models',
						},
					],
					default: 'url',
					description: 'How the model is given the file',
				},
			],
		},
	],
};

/** Reads the rows of one item and finds their files in that item; throws a failure for a file that is not there. */
export function readInputFiles(context: IExecuteFunctions, itemIndex: number): InputFile[] {
	const { file: rows = [] } = context.getNodeParameter('inputFiles', itemIndex, {}) as {
		file?: IDataObject[];
	};
	return rows.map(({ parameter, binaryField, sendAs = 'url' }) => {
		if (typeof parameter !== 'string' || !parameter.trim()) {
			throw badValue('Input Files: Model Parameter', 'the name of a field of the model', parameter);
		}
		if (!['url', 'base64', 'dataUri'].includes(sendAs as string)) {
			throw badValue('Input Files: Send As', 'one of url, base64, dataUri', sendAs);
		}
		return {
			parameter: parameter.trim(),
			field: typeof binaryField === 'string' ? binaryField.trim() : null,
			binary: findBinary(context, itemIndex, binaryField, 'Input Files'),
			sendAs: sendAs as InputFile['sendAs'],
		};
	});
}
