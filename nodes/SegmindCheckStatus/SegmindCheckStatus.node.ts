import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { readJob, requestIdField, waitForCompletionField } from '../fields/job';
import { checkStatusOptions, readItemOptions, readJobKind } from '../fields/options';
import { binaryField, downloadField, readOutputSettings } from '../fields/output';
import { runItems } from '../items';
import { checkJob, FAILED_OUTPUT } from '../jobs/checkJob';
import { Run } from '../jobs/run';

export class SegmindCheckStatus implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Check Status',
		name: 'segmindCheckStatus',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["waitForCompletion"] ? "wait for completion" : "look once" }}',
		description: 'Looks at a submitted job, or waits for it, and hands over the finished files',
		defaults: { name: 'Segmind Check Status' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: ['poll', 'job status', 'collect result', 'video generation'],
			resources: { primaryDocumentation: [{ url: 'https://docs.segmind.com/' }] },
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ $parameter["routing"] === "byStatus" ? [{ type: "main", displayName: "Completed" }, { type: "main", displayName: "In Progress" }, { type: "main", displayName: "Failed" }] : [{ type: "main" }] }}`,
		credentials: [{ name: 'segmindApi', required: true }],
		properties: [
			requestIdField,
			waitForCompletionField,
			downloadField,
			binaryField({ show: { download: [true] } }),
			{
				displayName: 'Routing',
				name: 'routing',
				type: 'options',
				options: [
					{
						name: 'Single Output',
						value: 'single',
						description: 'A failed or unknown job is an error',
					},
					{
						name: 'By Status',
						value: 'byStatus',
						description: 'Three outputs: Completed, In Progress, Failed',
					},
				],
				default: 'single',
				description: 'Where the items go',
			},
			checkStatusOptions,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const asTool = this.isToolExecution?.() ?? false;
		const byStatus = this.getNodeParameter('routing', 0, 'single') === 'byStatus';
		return await runItems(this, {
			start: async () => await Run.start(this),
			prepare: (itemIndex) => {
				const options = readItemOptions(this, itemIndex);
				const kind = readJobKind(this, itemIndex);
				const download = !asTool && this.getNodeParameter('download', itemIndex, true) !== false;
				// The files of a PixelFlow go to fields named after its outputs, whatever name the field here has.
				const usesField = download && kind === 'model';
				return {
					...readJob(this, itemIndex),
					kind,
					wait: this.getNodeParameter('waitForCompletion', itemIndex, false) === true,
					timeoutMs: options.timeoutMs,
					output: { ...readOutputSettings(this, itemIndex, usesField, options), download },
					byStatus,
				};
			},
			// Waiting costs nothing: all jobs of the run are waited for together.
			atOnce: (_run, checks) => checks.length,
			work: async (run, check) => await checkJob(run, check),
			outputs: byStatus ? 3 : 1,
			failedOutput: byStatus ? FAILED_OUTPUT : 0,
		});
	}
}
