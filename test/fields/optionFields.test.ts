import type { INodeProperties } from 'n8n-workflow';
import {
	checkStatusOptions,
	flowOptions,
	generateOptions,
	submitOptions,
	uploadOptions,
} from '../../nodes/fields/options';

const collections = {
	generateOptions,
	submitOptions,
	flowOptions,
	checkStatusOptions,
	uploadOptions,
};
const optionsOf = ({ options }: INodeProperties) => options as INodeProperties[];

describe.each(Object.entries(collections))('%s', (_name, collection) => {
	it('is sorted by label, the order in which the editor lists it', () => {
		const labels = optionsOf(collection).map(({ displayName }) => displayName);
		expect(labels).toEqual([...labels].sort((one, other) => one.localeCompare(other)));
	});

	it('has a default of the right type, among its choices, for each option', () => {
		for (const { type, default: standard, options: choices = [] } of optionsOf(collection)) {
			const kinds: Partial<Record<typeof type, string>> = { number: 'number', boolean: 'boolean' };
			// An empty number is one that is not set.
			if (standard !== '') expect(typeof standard).toBe(kinds[type] ?? 'string');
			const values = choices.map((choice) => 'value' in choice && choice.value);
			if (type === 'options') expect(values).toContain(standard);
		}
	});
});

it.each<[string, INodeProperties, string[]]>([
	[
		'Generate Image',
		generateOptions,
		['mode', 'jsonParameters', 'binaryField', 'sendFilesAs', 'outputItems', 'includeInputFields'],
	],
	['Submit Async', submitOptions, ['jsonParameters', 'sendFilesAs', 'includeInputFields']],
	[
		'Check Status',
		checkStatusOptions,
		['binaryField', 'kind', 'outputItems', 'includeInputFields'],
	],
])('%s has the contract’s options', (_node, collection, names) => {
	expect(optionsOf(collection).map(({ name }) => name)).toEqual(expect.arrayContaining(names));
});
