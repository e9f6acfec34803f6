import type { IDataObject } from 'n8n-workflow';
import {
	LOW_OUTPUT,
	readCreditsRule,
	routeCredits,
	type CreditsRule,
} from '../../nodes/fields/credits';
import { contextWith } from './contextWith';

const rule = (parameters: IDataObject) => readCreditsRule(contextWith(parameters));

it.each<[parameters: IDataObject, expected: CreditsRule]>([
	[{}, { lowBalance: 'ignore', minimum: 0 }],
	// A hidden field may hold anything.
	[
		{ lowBalance: 'ignore', minimumCredits: 'x' },
		{ lowBalance: 'ignore', minimum: 0 },
	],
	[{ lowBalance: 'error' }, { lowBalance: 'error', minimum: 1 }],
	[
		{ lowBalance: 'route', minimumCredits: '2.5' },
		{ lowBalance: 'route', minimum: 2.5 },
	],
	[
		{ lowBalance: 'route', minimumCredits: 0 },
		{ lowBalance: 'route', minimum: 0 },
	],
])('%j: %j', (parameters, expected) => expect(rule(parameters)).toEqual(expected));

it.each<[parameters: IDataObject, message: string]>([
	[{ lowBalance: 'stop' }, 'When the Balance Is Low must be one of error, ignore, route'],
	[{ lowBalance: 'error', minimumCredits: -1 }, 'Minimum Credits must be an amount in US dollars'],
	[{ lowBalance: 'error', minimumCredits: 'much' }, 'Minimum Credits must be an amount'],
])('%j is refused', (parameters, message) => expect(() => rule(parameters)).toThrow(message));

describe('the balance', () => {
	const balance = { credits: 1, freeCredits: 0.5, totalCredits: 1.5 };
	const items = [{ json: { credits: 1, free_credits: 0.5, total_credits: 1.5 } }];
	const route = (lowBalance: CreditsRule['lowBalance'], minimum: number, hasLowOutput = true) =>
		routeCredits(balance, { lowBalance, minimum }, hasLowOutput);

	it.each<[minimum: number, isLow: boolean]>([
		[1, false],
		// What is there is enough, free credits included.
		[1.5, false],
		[1.51, true],
	])('is low below a minimum of %p: %p', (minimum, isLow) => {
		const outputs = route('route', minimum);
		expect(outputs[isLow ? LOW_OUTPUT : 0]).toEqual(items);
		expect(outputs[isLow ? 0 : LOW_OUTPUT]).toEqual([]);
		const fail = () => route('error', minimum);
		if (isLow) expect(fail).toThrow('The Segmind balance is $1.5, below the minimum of $1.51');
		else expect(fail()[0]).toEqual(items);
	});

	it('uses the only output of a node with one output', () => {
		expect(route('ignore', 100, false)).toEqual([items]);
		expect(route('route', 100, false)).toEqual([items]);
	});
});
