import type { IDataObject } from 'n8n-workflow';

import { jsonProblem } from '../api/jsonProblem';
import { quote, shorten } from '../api/quote';
import { coerce } from './coerce';
import { likelyNames } from './likelyNames';
import { mainTextField } from './mainText';
import { whyNotMedia } from './mediaValue';
import { nearNames } from './nearNames';
import { numberRange } from './numberRange';
import type { ModelParameter, ParameterTable } from './parameters';

/** A mismatch between one field and what is known of the model. */
export interface Problem {
	parameter: string;
	/** A sentence for the user, without the full stop. */
	message: string;
	/** Certain: stops the item if the user wants problems to be errors. */
	certain: boolean;
	/** Stops the item even if problems are only reported: without its text or file the model has nothing to work on. */
	fatal?: true;
}

/**
 * Compares a request body with the model's documented fields before money is spent. The returned body has numbers and
 * switches that came as text converted to the right type; everything else is unchanged. Pure, and never throws.
 */
export function checkParameters(
	table: ParameterTable,
	body: IDataObject,
	{ modelName, mainTextLabel = 'Prompt' }: { modelName: string; mainTextLabel?: string },
): { body: IDataObject; problems: Problem[] } {
	const mainText = mainTextField(table)?.name;
	const isBlank = (name: string) => name === mainText && /^\s*$/.test(String(body[name]));
	const known = new Map(table.parameters.map((parameter) => [parameter.name, parameter]));
	const problems = table.parameters
		.filter(({ name, required }) => required && (isMissing(body[name]) || isBlank(name)))
		.map((parameter) => missing(table, parameter, modelName, mainTextLabel));
	// Object.fromEntries treats a key such as __proto__ as an ordinary one.
	const checked = Object.fromEntries(
		Object.entries(body).map(([name, value]) => {
			const parameter = known.get(name);
			if (!parameter) {
				problems.push(...unknown(table, name, modelName));
				return [name, value];
			}
			// In JSON null means "not set"; a form sends empty text for an empty field.
			if (isMissing(value)) return [name, value];
			const coerced = coerce(parameter, value);
			const mediaProblem = wrongMedia(parameter, coerced);
			if (mediaProblem) {
				const certain = table.trusted;
				problems.push({
					parameter: name,
					message: mediaProblem,
					certain,
					...(certain ? { fatal: true } : {}),
				});
				return [name, coerced];
			}
			const message = wrongType(parameter, coerced) ?? wrongValue(parameter, coerced, modelName);
			if (message) {
				const open = parameter.choicesOpen && isRightType(parameter, coerced);
				problems.push({ parameter: name, message, certain: table.trusted && !open });
			}
			return [name, coerced];
		}),
	);
	return { body: checked as IDataObject, problems };
}

function isMissing(value: IDataObject[string]): boolean {
	return value === undefined || value === null || value === '';
}

/** A field with a documented default may be filled in by the model, even if its page calls it required. */
function missing(
	table: ParameterTable,
	parameter: ModelParameter,
	modelName: string,
	mainTextLabel: string,
): Problem {
	const { name, media } = parameter;
	const certain = table.trusted && parameter.default === undefined;
	if (parameter === mainTextField(table)) {
		const message = `${mainTextLabel} is empty, but ${modelName} needs text`;
		return { parameter: name, message, certain, ...(certain ? { fatal: true } : {}) };
	}
	return {
		parameter: name,
		message: `${modelName} needs the field "${name}"${media ? ` (${media})` : ''}, which is empty`,
		certain,
	};
}

/** If the list of fields is incomplete, only a name similar to a known one is worth reporting. */
function unknown(table: ParameterTable, name: string, modelName: string): Problem[] {
	const suggestions = likelyNames(
		name,
		table.parameters.map((parameter) => parameter.name),
	);
	if (!table.complete && suggestions.length === 0) return [];
	const hint = suggestions.length
		? `; did you mean ${suggestions.map((other) => `"${other}"`).join(' or ')}?`
		: '';
	return [
		{
			parameter: name,
			message: `${modelName} has no field "${shorten(name)}"${hint}`,
			certain: table.trusted,
		},
	];
}

const TYPE_WORDS: Record<ModelParameter['type'], string> = {
	string: 'text',
	integer: 'a whole number',
	number: 'a number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
};

function isRightType({ type }: ModelParameter, value: unknown): boolean {
	if (type === 'array') return Array.isArray(value);
	if (type === 'integer') return Number.isSafeInteger(value);
	if (type === 'number') return Number.isFinite(value);
	return typeof value === type && !Array.isArray(value);
}

function wrongType(parameter: ModelParameter, value: unknown): string | undefined {
	if (isRightType(parameter, value)) return undefined;
	const problem = isBrokenJson(parameter, value) ? jsonProblem(String(value)) : undefined;
	const json = problem ? `; as JSON it has ${problem}` : '';
	return `"${parameter.name}" must be ${TYPE_WORDS[parameter.type]}, not ${quote(value)}${json}`;
}

/** A list or an object given as text that is not valid JSON, by an expression or by hand. */
function isBrokenJson({ type }: ModelParameter, value: unknown): boolean {
	if (type !== 'array' && type !== 'object') return false;
	return typeof value === 'string' && /^\s*[[{]/.test(value);
}

/** What is wrong with the value, or an entry of the list, as a file. */
function wrongMedia({ name, media, choices }: ModelParameter, value: unknown): string | undefined {
	if (!media || choices) return undefined;
	const why = [value].flat().map(whyNotMedia).find(Boolean);
	return why && `"${name}" ${why}`;
}

function wrongValue(
	parameter: ModelParameter,
	value: unknown,
	modelName: string,
): string | undefined {
	const { name, min = -Infinity, max = Infinity, multipleOf, choices } = parameter;
	const wrong = `"${name}" is ${quote(value)}, but ${modelName} takes`;
	if (typeof value === 'number') {
		if (value < min || value > max) return `${wrong} ${numberRange(parameter)}`;
		if (multipleOf && value % multipleOf !== 0) return `${wrong} multiples of ${multipleOf}`;
	}
	if (!choices || choices.some((choice) => String(choice) === String(value))) return undefined;
	// A number is never a misspelling of another number.
	const near = typeof value === 'string' ? nearNames(value, choices.map(String), 1) : [];
	const suggestions = near.map((choice) => `; did you mean ${quote(choice)}?`);
	return `${wrong} ${shorten(choices.join(', '), 300)}${suggestions.join('')}`;
}
