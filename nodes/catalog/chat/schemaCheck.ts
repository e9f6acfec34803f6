import { quote, shorten } from '../../api/quote';
import { isObject } from './jsonValue';

/** Cap on reported mismatches. */
const MAX_MISMATCHES = 5;

type Check = (schema: Record<string, unknown>, value: unknown, path: string) => string[];

/**
 * The mismatches between a value and a JSON schema, as sentences; none if it fits. Checks `type`, `enum`, `const`,
 * `properties`, `required`, `additionalProperties` and `items`, at every level; everything else is left to the model.
 */
export function mismatches(schema: unknown, value: unknown): string[] {
	return check(schema, value, '').slice(0, MAX_MISMATCHES);
}

function check(schema: unknown, value: unknown, path: string): string[] {
	if (schema === false) return [`${nameOf(path)} is not allowed`];
	if (!isObject(schema)) return [];
	const wrong = typeMismatch(schema, value, path);
	if (wrong.length) return wrong;
	return KEYWORD_CHECKS.flatMap((keywordCheck) => keywordCheck(schema, value, path));
}

const KEYWORD_CHECKS: Check[] = [
	(schema, value, path) => {
		const allowed: unknown = 'const' in schema ? [schema.const] : schema.enum;
		if (!Array.isArray(allowed) || allowed.some((choice) => isEqual(choice, value))) return [];
		const choices = shorten(allowed.map((choice) => quote(choice)).join(', '), 300);
		const words = allowed.length === 1 ? choices : `one of ${choices}`;
		return [`${nameOf(path)} is ${quote(value)}, but must be ${words}`];
	},
	({ required }, value, path) => {
		if (!isObject(value) || !Array.isArray(required)) return [];
		const missing = required.filter((name) => !Object.hasOwn(value, String(name)));
		return missing.map((name) => `${nameOf(childPath(path, String(name)))} is missing`);
	},
	({ properties = {}, additionalProperties }, value, path) => {
		if (!isObject(value) || !isObject(properties)) return [];
		return Object.entries(value).flatMap(([name, inner]) => {
			const property = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
			return check(property, inner, childPath(path, name));
		});
	},
	({ items }, value, path) => {
		if (!Array.isArray(value)) return [];
		return value.flatMap((entry, index) => check(items, entry, `${path}[${index}]`));
	},
];

const TYPES: Record<string, { words: string; has: (value: unknown) => boolean }> = {
	object: { words: 'an object', has: isObject },
	array: { words: 'a list', has: Array.isArray },
	string: { words: 'text', has: (value) => typeof value === 'string' },
	number: { words: 'a number', has: isNumber },
	integer: { words: 'a whole number', has: (value) => isNumber(value) && Number.isInteger(+value) },
	boolean: { words: 'true or false', has: (value) => typeof value === 'boolean' },
	null: { words: 'null', has: (value) => value === null },
};

/** Integers too long for JavaScript are read as strings of digits. */
function isNumber(value: unknown): value is number {
	return typeof value === 'number' || (typeof value === 'string' && /^-?\d{16,}$/.test(value));
}

/** An unknown type is not checked. */
function typeMismatch({ type }: Record<string, unknown>, value: unknown, path: string): string[] {
	const expectedTypes = [type].flat().filter((name) => name !== undefined);
	const checks = expectedTypes.flatMap((name) => TYPES[String(name)] ?? []);
	if (
		checks.length < expectedTypes.length ||
		!expectedTypes.length ||
		checks.some(({ has }) => has(value))
	) {
		return [];
	}
	const words = checks.map(({ words: text }) => text).join(' or ');
	return [`${nameOf(path)} must be ${words}, but is ${quote(value)}`];
}

function childPath(path: string, name: string): string {
	return path ? `${path}.${name}` : name;
}

function nameOf(path: string): string {
	return path ? `"${shorten(path, 100)}"` : 'the answer';
}

function isEqual(a: unknown, b: unknown): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}
