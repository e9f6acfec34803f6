import type { ParameterTable } from '../parameters';
import { omitted, translated, type Translation } from '../portable/translation';

/** Sampling settings; undefined leaves them to the model. */
export interface Sampling {
	temperature?: number;
	maxTokens?: number;
}

/** The models' names for them, the most common first. */
const TEMPERATURE = ['temperature'];
const MAX_TOKENS = [
	'max_tokens',
	'max_new_tokens',
	'max_output_tokens',
	'max_completion_tokens',
	'max_length',
];

/** The settings as the model's fields; those it is known not to have are left out, with a hint. */
export function samplingFields(
	{ temperature, maxTokens }: Sampling,
	name: string,
	table: ParameterTable | undefined,
): Translation {
	const parts = [
		...(temperature === undefined ? [] : [field('Temperature', TEMPERATURE, temperature)]),
		...(maxTokens === undefined ? [] : [field('Max Tokens', MAX_TOKENS, maxTokens)]),
	].map((translate) => translate(name, table));
	return {
		fields: Object.assign({}, ...parts.map(({ fields }) => fields)) as Translation['fields'],
		hints: parts.flatMap(({ hints }) => hints),
		problems: [],
	};
}

function field(label: string, names: readonly string[], value: number) {
	return (model: string, table: ParameterTable | undefined): Translation => {
		const known = names.find((name) =>
			table?.parameters.some((parameter) => parameter.name === name),
		);
		const [commonName = ''] = names;
		return known === undefined && table?.complete
			? omitted(`${model} has no field for ${label}: it was left out`)
			: translated({ [known ?? commonName]: value });
	};
}
