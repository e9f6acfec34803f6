import type { ModelParameter, ParameterTable } from '../parameters';
import type { TargetModel } from './aspectRatio';
import { omitted, translated, type Translation } from './translation';

/** Maximum generated seed, unless the model's own limit is lower. */
const MAX_RANDOM_SEED = 2 ** 31 - 1;

/** Translates a seed to the model's field; -1 means a random one. */
export function seedFields(seed: number, { name, table }: TargetModel): Translation {
	const field = seedField(table);
	if (!field) return omitted(`${name} takes no seed: it was left out`);
	const { min = 0, max = Infinity, type } = field;
	if (seed !== -1 && (seed < min || seed > max)) {
		return omitted(`${name} takes no seed of ${seed}: it was left out`);
	}
	return translated({ [field.name]: type === 'string' ? String(seed) : seed });
}

/** A random seed that the model accepts. */
export function randomSeed(table: ParameterTable | undefined, random: () => number): number {
	const { min = 0, max = MAX_RANDOM_SEED } = (table && seedField(table)) ?? {};
	const [lowest, highest] = [Math.max(0, min), Math.min(MAX_RANDOM_SEED, max)];
	return lowest + Math.floor(random() * (highest - lowest + 1));
}

function seedField({ parameters }: ParameterTable): ModelParameter | undefined {
	return parameters.find(({ name }) => name === 'seed');
}
