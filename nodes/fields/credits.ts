import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Credits } from '../api/credits';
import { describe } from '../api/advice';
import { SegmindFailure } from '../api/failure';
import { asNumber } from '../api/number';
import { badValue, choiceParameter } from './value';

export const lowBalanceField: INodeProperties = {
	displayName: 'When the Balance Is Low',
	name: 'lowBalance',
	type: 'options',
	options: [
		{ name: 'Fail', value: 'error', description: 'The node fails' },
		{ name: 'Ignore', value: 'ignore', description: 'The balance is returned, whatever it is' },
		{ name: 'Take Another Output', value: 'route', description: 'Two outputs: Enough and Low' },
	],
	default: 'ignore',
	description: 'What to do when the balance is below the minimum',
	builderHint: { propertyHint: 'route has two main outputs: 0 Enough, 1 Low.' },
};

export const creditsFields: INodeProperties[] = [
	lowBalanceField,
	{
		displayName: 'Minimum Credits',
		name: 'minimumCredits',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 4 },
		default: 1,
		description: 'The balance counts as low below this amount, in US dollars',
		displayOptions: { show: { lowBalance: ['error', 'route'] } },
	},
];

/** What to do with the balance. */
export interface CreditsRule {
	lowBalance: 'ignore' | 'error' | 'route';
	/** US dollars. */
	minimum: number;
}

/** The output for a low balance; the other is 0. */
export const LOW_OUTPUT = 1;

/** Reads the rule; throws a failure, before anything is sent, for a minimum that is not an amount. */
export function readCreditsRule(context: IExecuteFunctions): CreditsRule {
	const lowBalance = choiceParameter(context, 0, lowBalanceField) as CreditsRule['lowBalance'];
	if (lowBalance === 'ignore') return { lowBalance, minimum: 0 };
	const received = context.getNodeParameter('minimumCredits', 0, 1) as unknown;
	const minimum = asNumber(received);
	if (minimum === null || minimum < 0) {
		throw badValue('Minimum Credits', 'an amount in US dollars of 0 or more', received);
	}
	return { lowBalance, minimum };
}

/** Routes the item with the balance: to the output for a low balance if there is one and the balance is low. */
export function routeCredits(
	balance: Credits,
	{ lowBalance, minimum }: CreditsRule,
	hasLowOutput: boolean,
): INodeExecutionData[][] {
	const isLow = balance.totalCredits < minimum;
	if (isLow && lowBalance === 'error') {
		throw new SegmindFailure(
			`The Segmind balance is $${balance.totalCredits}, below the minimum of $${minimum}`,
			{
				...describe({
					person: 'Add credits at cloud.segmind.com/billing, or lower Minimum Credits',
					agent: 'Tell the user that the Segmind account needs more credits.',
				}),
			},
		);
	}
	const items = [
		{
			json: {
				credits: balance.credits,
				free_credits: balance.freeCredits,
				total_credits: balance.totalCredits,
			},
		},
	];
	if (!hasLowOutput) return [items];
	return isLow ? [[], items] : [items, []];
}
