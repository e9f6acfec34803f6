import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

export interface ContextOptions {
	/** The input items; one without anything by default. */
	items?: INodeExecutionData[];
	/** The node's type; that of an agent's tool ends in "Tool". */
	type?: string;
}

/** What n8n hands to a node whose parameters hold the given values, or values by item; those not given are not set. */
export function itemContext(
	parameters: IDataObject | IDataObject[],
	{ items = [{ json: {} }], type = 'n8n-nodes-segmind.segmindGenerateImage' }: ContextOptions = {},
): IExecuteFunctions {
	const context = {
		getNode: () => ({ type }),
		getInputData: () => items,
		getNodeParameter: (name: string, itemIndex: number, fallback: unknown) => {
			const values = Array.isArray(parameters) ? parameters[itemIndex] : parameters;
			return values?.[name] === undefined ? fallback : values[name];
		},
		helpers: {
			assertBinaryData: (itemIndex: number, field: unknown) => {
				if (typeof field === 'object' && field !== null) return field;
				const found = items[itemIndex]?.binary?.[field as string];
				if (!found) throw new Error('n8n finds no such file');
				return found;
			},
		},
	};
	return context as unknown as IExecuteFunctions;
}

/** An item with files: a name for each field. */
export function itemWith(files: Record<string, string>): INodeExecutionData {
	const binary: IBinaryKeyData = {};
	for (const [field, fileName] of Object.entries(files)) {
		binary[field] = { data: '', id: `filesystem-v2:${field}`, fileName, mimeType: 'image/png' };
	}
	return { json: {}, binary };
}
