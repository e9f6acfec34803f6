import { randomSeed, seedFields } from '../../../nodes/catalog/portable/seed';
import type { ModelParameter, ParameterTable } from '../../../nodes/catalog/parameters';
import { field, modelWith } from './field';

const tableOf = (min?: number, max?: number): ParameterTable => ({
	trusted: true,
	complete: true,
	parameters: [{ name: 'seed', type: 'integer', required: false, min, max }],
});

it.each<[string, ParameterTable | undefined, number, number]>([
	['without a table', undefined, 0, 2 ** 31 - 1],
	['without limits', tableOf(), 0, 2 ** 31 - 1],
	['within its limits', tableOf(100, 999_999), 100, 999_999],
	['never the -1 that means random', tableOf(-1, 2 ** 53), 0, 2 ** 31 - 1],
])('a random seed, %s', (_, table, lowest, highest) => {
	expect(randomSeed(table, () => 0)).toBe(lowest);
	expect(randomSeed(table, () => 1 - Number.EPSILON)).toBe(highest);
});

describe('a seed', () => {
	it.each<[string, number, ModelParameter[], object, number]>([
		['is sent', 42, [field('seed', { type: 'integer' })], { seed: 42 }, 0],
		['as a text where the model wants one', 42, [field('seed')], { seed: '42' }, 0],
		['-1 is sent on', -1, [field('seed', { type: 'integer', min: 100 })], { seed: -1 }, 0],
		['out of range is left out', 5, [field('seed', { type: 'integer', min: 100 })], {}, 1],
		['is left out without a field', 42, [field('prompt')], {}, 1],
	])('%s', (_, seed, parameters, fields, hints) => {
		const made = seedFields(seed, modelWith(...parameters));
		expect([made.fields, made.hints.length, made.problems]).toEqual([fields, hints, []]);
	});
});
