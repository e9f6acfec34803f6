import { mediaByName } from './mediaNames';
import type { ModelParameter } from './parameters';

const TYPES = new Map<unknown, ModelParameter['type']>([
	['string', 'string'],
	['str', 'string'],
	['text', 'string'],
	['integer', 'integer'],
	['int', 'integer'],
	['number', 'number'],
	['float', 'number'],
	['boolean', 'boolean'],
	['bool', 'boolean'],
	['array', 'array'],
	['list', 'array'],
	['object', 'object'],
]);

/** Anything longer is not a list of fields: the longest known one has 26. */
const MAX_FIELDS = 60;

/** Segmind's placeholder for a model without a schema: these names with these values mean "unknown". */
const PLACEHOLDER = new Map<string, unknown>([
	['prompt', undefined],
	['negative_prompt', undefined],
	['width', 512],
	['height', 512],
	['steps', 25],
	['guidance_scale', 7.5],
	['scheduler', 'DDIM'],
	['seed', -1],
]);

/**
 * Reads the `parameters` of a live list entry. Segmind does not document their format, so the common ones are
 * supported: a list of descriptions, a JSON schema, descriptions by name, or sample values by name. Anything else is
 * left out, as is Segmind's placeholder list.
 */
export function readLiveParameters(value: unknown): ModelParameter[] {
	const described = describeAll(value);
	if (described.length > MAX_FIELDS || isPlaceholder(described)) return [];
	const byName = new Map(described.map(({ parameter }) => [parameter.name, parameter]));
	return [...byName.values()];
}

/** A field with its value in the list: its default or a sample. */
interface Described {
	parameter: ModelParameter;
	value: unknown;
}

function describeAll(value: unknown): Described[] {
	if (Array.isArray(value)) {
		return value.filter(isRecord).flatMap((row) => describe(row.name, row));
	}
	if (!isRecord(value)) return [];
	if (isRecord(value.properties)) {
		const required: unknown[] = Array.isArray(value.required) ? value.required : [];
		return Object.entries(value.properties).flatMap(([name, row]) =>
			describe(name, { ...(isRecord(row) ? row : {}), required: required.includes(name) }),
		);
	}
	return Object.entries(value).flatMap(([name, row]) =>
		isRecord(row)
			? describe(name, row)
			: describe(name, { type: sampleType(row) }).map((field) => ({ ...field, value: row })),
	);
}

function describe(name: unknown, row: Record<string, unknown>): Described[] {
	const type = TYPES.get(typeof row.type === 'string' ? row.type.toLowerCase() : undefined);
	// n8n's form would lose the value of a field such as "constructor".
	if (typeof name !== 'string' || !/^[A-Za-z]\w{0,63}$/.test(name) || name in {} || !type)
		return [];
	const media = type === 'string' || type === 'array' ? mediaByName(name) : undefined;
	return [
		{
			parameter: {
				name,
				type,
				required: row.required === true,
				...(type !== 'array' && typeof row.default === (type === 'integer' ? 'number' : type)
					? { default: row.default as string | number | boolean }
					: {}),
				...numberField('min', row.min ?? row.minimum),
				...numberField('max', row.max ?? row.maximum),
				...(media ? { media } : {}),
			},
			value: row.default,
		},
	];
}

/**
 * Exactly the eight names, each with the placeholder's value if it has one: with one field more or less it is a real
 * list.
 */
function isPlaceholder(described: Described[]): boolean {
	return (
		described.length === PLACEHOLDER.size &&
		described.every(
			({ parameter: { name }, value }) =>
				PLACEHOLDER.has(name) && [undefined, value].includes(PLACEHOLDER.get(name)),
		)
	);
}

function numberField(key: 'min' | 'max', value: unknown): Partial<ModelParameter> {
	return typeof value === 'number' ? { [key]: value } : {};
}

function sampleType(value: unknown): string | undefined {
	if (Array.isArray(value)) return 'array';
	return value === null ? undefined : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
