import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { connect } from '../api/connection';
import { getCredits } from '../api/credits';
import { LOW_OUTPUT, lowBalanceField, readCreditsRule, routeCredits } from '../fields/credits';
import { readRunOptions } from '../fields/itemOptions';
import { isChosen } from '../fields/value';
import { runItems } from '../items';
import { isAgentTool } from '../jobs/agentTool';

/** Reads the balance once, whatever the number of items. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	// An agent reads only the first output.
	const hasLowOutput = !isAgentTool(context) && isChosen(context, lowBalanceField, 'route');
	return await runItems(context, {
		start: async () => await connect(context, readRunOptions(context)),
		prepare: () => readCreditsRule(context),
		maxConcurrency: () => 1,
		work: async (connection, rule) =>
			routeCredits(await getCredits(connection), rule, hasLowOutput),
		oncePerRun: true,
		outputs: hasLowOutput ? LOW_OUTPUT + 1 : 1,
		// A balance that could not be read may be too low.
		failedOutput: () => (hasLowOutput ? LOW_OUTPUT : 0),
	});
}
