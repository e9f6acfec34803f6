import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

/**
 * The least that a node can do for a picture: reads a prompt, posts it with n8n's own helper and credential, and stores
 * what comes back with n8n's own helper. What it costs is what n8n costs.
 */
export class PlainNode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Plain',
		name: 'plain',
		group: ['transform'],
		version: 1,
		description: 'Posts a prompt and stores the picture',
		defaults: { name: 'Plain' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'httpHeaderAuth', required: true }],
		properties: [
			{ displayName: 'Prompt', name: 'prompt', type: 'string', default: '' },
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Body', name: 'body', type: 'json', default: '{}' },
			{ displayName: 'Concurrency', name: 'concurrency', type: 'number', default: 10 },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const url = this.getNodeParameter('url', 0) as string;
		const body = this.getNodeParameter('body', 0) as object;
		const results: INodeExecutionData[] = [];
		const queue = items.keys();
		const worker = async () => {
			for (const index of queue) {
				const prompt = this.getNodeParameter('prompt', index) as string;
				const picture = (await this.helpers.httpRequestWithAuthentication.call(
					this,
					'httpHeaderAuth',
					{
						method: 'POST',
						url,
						body: { ...body, prompt },
						encoding: 'arraybuffer',
					},
				)) as Buffer;
				results[index] = {
					json: { prompt },
					binary: { data: await this.helpers.prepareBinaryData(picture, 'picture.jpg') },
					pairedItem: index,
				};
			}
		};
		const concurrency = this.getNodeParameter('concurrency', 0) as number;
		await Promise.all(Array.from({ length: concurrency }, worker));
		return [results];
	}
}
