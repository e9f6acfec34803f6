import { randomSeed } from '../../../nodes/catalog/portable/seed';
import type { ParameterTable } from '../../../nodes/catalog/parameters';

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
