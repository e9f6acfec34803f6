import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

/**
 * What n8n hands to a node, as far as its parameters are read: the same ones for each item, or those of each item. Those that
 * hold expressions are given a second time, as typed.
 */
export function contextWith(
	parameters: IDataObject | IDataObject[],
	{
		items = [{ json: {} }],
		type = 'n8n-nodes-segmind.segmindGenerateImage',
		typed = {},
	}: { items?: INodeExecutionData[]; type?: string; typed?: IDataObject } = {},
): IExecuteFunctions {
	const context = {
		getNode: () => ({ type, parameters: typed }),
		getInputData: () => items,
		getNodeParameter: (name: string, itemIndex: number, fallback: unknown) => {
			const own = Array.isArray(parameters) ? parameters[itemIndex] : parameters;
			return own?.[name] === undefined ? fallback : own[name];
		},
		helpers: {
			assertBinaryData: (itemIndex: number, field: unknown) => {
				const found =
					typeof field === 'string' ? items[itemIndex]?.binary?.[field] : (field as object | null);
				if (!found) throw new Error('no such file');
				return found;
			},
		},
	};
	return context as unknown as IExecuteFunctions;
}

/** The failure's sentence, or undefined where there is none. */
export function refusal(read: () => unknown): string | undefined {
	try {
		read();
		return undefined;
	} catch (thrown) {
		return (thrown as Error).message;
	}
}

/** An item with files: a name for each field. */
export function itemWith(files: Record<string, string>): INodeExecutionData {
	const binary: IBinaryKeyData = {};
	for (const [field, fileName] of Object.entries(files)) {
		binary[field] = { data: '', id: `filesystem-v2:${field}`, fileName, mimeType: 'image/png' };
	}
	return { json: {}, binary };
}
