import type { ModelParameter } from '../../nodes/catalog/parameters';
import { chatError } from './chatRequest';
import type { KnownModel } from './models';

export interface BodyError {
	/** v1 answers 400 to a missing or mistyped field, and 500 to a value the model cannot run with. */
	status: 400 | 500;
	text: string;
}

type Type = ModelParameter['type'];

/** Numbers may arrive as numeric strings: the documentation itself shows `duration` both ways. */
const TYPES: Record<Type, { name: string; has(value: unknown): boolean }> = {
	string: { name: 'a string', has: (value) => typeof value === 'string' },
	integer: { name: 'an integer', has: (value) => Number.isInteger(numeric(value)) },
	number: { name: 'a number', has: (value) => Number.isFinite(numeric(value)) },
	boolean: { name: 'a boolean', has: (value) => /^(true|false)$/.test(String(value)) },
	array: { name: 'an array', has: (value) => Array.isArray(value) },
	object: { name: 'an object', has: (value) => typeof value === 'object' },
};

/** Why the model rejects a body when its job runs; undefined if it accepts it. Unknown fields are ignored. */
export function bodyError(model: KnownModel, body: Record<string, unknown>): BodyError | undefined {
	for (const parameter of model.parameters) {
		const error = fieldError(parameter, body[parameter.name]);
		if (error) return error;
	}
	const refusal = model.kind === 'chat' ? chatError(model, body) : undefined;
	return refusal === undefined ? undefined : { status: 400, text: refusal };
}

function fieldError(parameter: ModelParameter, value: unknown): BodyError | undefined {
	const { name, type, min, max } = parameter;
	const label = name.charAt(0).toUpperCase() + name.slice(1);
	// A page may mark a field as required and print the default that stands in for it.
	const required = parameter.required && parameter.default === undefined;
	if (isAbsent(value) && !required) return undefined;
	if (isAbsent(value) || !TYPES[type].has(value)) {
		const subject = required ? `${label} is required and` : label;
		return { status: 400, text: `${subject} has to be ${TYPES[type].name}` };
	}
	const bad = (what: string): BodyError => ({ status: 500, text: `${label} has to be ${what}` });
	const amount = numeric(value);
	if (min !== undefined && amount < min) return bad(`at least ${min}`);
	if (max !== undefined && amount > max) return bad(`at most ${max}`);
	const choices = parameter.choicesOpen ? undefined : parameter.choices;
	if (choices && !choices.some((choice) => String(choice) === String(value))) {
		return bad(`one of ${choices.join(', ')}`);
	}
	return undefined;
}

function isAbsent(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

function numeric(value: unknown): number {
	if (typeof value === 'string' && value.trim() !== '') return Number(value);
	return typeof value === 'number' ? value : NaN;
}
