import { quote, shorten } from '../../api/quote';
import { isObject } from './jsonValue';

/** Cap on reported mismatches. */
const MAX_MISMATCHES = 5;

type Check = (schema: Record<string, unknown>, value: unknown, place: string) => string[];

/**
 * The mismatches between a value and a JSON schema, as sentences; none if it fits. Checks `type`, `enum`, `const`,
 * `properties`, `required`, `additionalProperties` and `items`, at every level; everything else is left to the model.
 */
export function mismatches(schema: unknown, value: unknown): string[] {
	return check(schema, value, '').slice(0, MAX_MISMATCHES);
}

function check(schema: unknown, value: unknown, place: string): string[] {
	if (schema === false) return [`${nameOf(place)} is not allowed`];
	if (!isObject(schema)) return [];
	const wrong = typeMismatch(schema, value, place);
	if (wrong.length) return wrong;
	return CHECKS.flatMap((one) => one(schema, value, place));
}

const CHECKS: Check[] = [
	(schema, value, place) => {
		const allowed: unknown = 'const' in schema ? [schema.const] : schema.enum;
		if (!Array.isArray(allowed) || allowed.some((one) => isEqual(one, value))) return [];
		const known = shorten(allowed.map((one) => quote(one)).join(', '), 300);
		const words = allowed.length === 1 ? known : `one of ${known}`;
		return [`${nameOf(place)} is ${quote(value)}, but must be ${words}`];
	},
	({ required }, value, place) => {
		if (!isObject(value) || !Array.isArray(required)) return [];
		const missing = required.filter((name) => !Object.hasOwn(value, String(name)));
		return missing.map((name) => `${nameOf(inside(place, String(name)))} is missing`);
	},
	({ properties = {}, additionalProperties }, value, place) => {
		if (!isObject(value) || !isObject(properties)) return [];
		return Object.entries(value).flatMap(([name, inner]) => {
			const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
			return check(known, inner, inside(place, name));
		});
	},
	({ items }, value, place) => {
		if (!Array.isArray(value)) return [];
		return value.flatMap((entry, at) => check(items, entry, `${place}[${at}]`));
	},
];

const TYPES: Record<string, { words: string; has: (value: unknown) => boolean }> = {
	object: { words: 'an object', has: isObject },
	array: { words: 'a list', has: Array.isArray },
	string: { words: 'a text', has: (value) => typeof value === 'string' },
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
function typeMismatch({ type }: Record<string, unknown>, value: unknown, place: string): string[] {
	const wanted = [type].flat().filter((one) => one !== undefined);
	const known = wanted.flatMap((one) => TYPES[String(one)] ?? []);
	if (known.length < wanted.length || !wanted.length || known.some(({ has }) => has(value))) {
		return [];
	}
	const words = known.map((one) => one.words).join(' or ');
	return [`${nameOf(place)} must be ${words}, but is ${quote(value)}`];
}

function inside(place: string, name: string): string {
	return place ? `${place}.${name}` : name;
}

function nameOf(place: string): string {
	return place ? `"${shorten(place, 100)}"` : 'the answer';
}

function isEqual(one: unknown, other: unknown): boolean {
	return one === other || JSON.stringify(one) === JSON.stringify(other);
}
