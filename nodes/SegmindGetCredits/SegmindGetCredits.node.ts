import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { connect } from '../api/connection';
import { getCredits } from '../api/credits';
import { creditsFields, LOW_OUTPUT, readCreditsRule, routeCredits } from '../fields/credits';
import { readRunOptions } from '../fields/options';
import { runItems } from '../items';

export class SegmindGetCredits implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Segmind Get Credits',
		name: 'segmindGetCredits',
		icon: { light: 'file:../../icons/segmind.svg', dark: 'file:../../icons/segmind.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ $parameter["lowBalance"] === "ignore" ? "balance" : "at least $" + $parameter["minimumCredits"] }}',
		description:
			'Reads the balance of the Segmind account; can fail or take another way when it is low',
		defaults: { name: 'Segmind Get Credits' },
		usableAsTool: true,
		codex: {
			categories: ['Marketing & Content', 'Development'],
			alias: ['balance', 'budget', 'cost'],
			resources: { primaryDocumentation: [{ url: 'https://docs.segmind.com/' }] },
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ $parameter["lowBalance"] === "route" ? [{ type: "main", displayName: "Enough" }, { type: "main", displayName: "Low" }] : [{ type: "main" }] }}`,
		credentials: [{ name: 'segmindApi', required: true }],
		properties: creditsFields,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runItems(this, {
			start: async () => await connect(this, readRunOptions(this)),
			prepare: () => readCreditsRule(this),
			atOnce: () => 1,
			work: async (connection, rule) => routeCredits(await getCredits(connection), rule),
			oncePerRun: true,
			outputs: LOW_OUTPUT + 1,
			// A balance that could not be read is not known to be enough.
			failedOutput: this.getNodeParameter('lowBalance', 0, 'ignore') === 'route' ? LOW_OUTPUT : 0,
		});
	}
}
