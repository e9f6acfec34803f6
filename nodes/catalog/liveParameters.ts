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

/**
 * Reads the `parameters` of a live list entry. Segmind does not document their form, so the usual ones are understood:
 * a list of descriptions, a JSON schema, descriptions by name, or sample values by name. What is not understood is left
 * out.
 */
export function readLiveParameters(value: unknown): ModelParameter[] {
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
		describe(name, isRecord(row) ? row : { type: sampleType(row) }),
	);
}

function describe(name: unknown, row: Record<string, unknown>): ModelParameter[] {
	const type = TYPES.get(typeof row.type === 'string' ? row.type.toLowerCase() : undefined);
	if (typeof name !== 'string' || !/^\w{1,64}$/.test(name) || !type) return [];
	return [
		{
			name,
			type,
			required: row.required === true,
			...(type !== 'array' && typeof row.default === (type === 'integer' ? 'number' : type)
				? { default: row.default as string | number | boolean }
				: {}),
			...numberFact('min', row.min ?? row.minimum),
			...numberFact('max', row.max ?? row.maximum),
		},
	];
}

function numberFact(key: 'min' | 'max', value: unknown): Partial<ModelParameter> {
	return typeof value === 'number' ? { [key]: value } : {};
}

function sampleType(value: unknown): string | undefined {
	if (Array.isArray(value)) return 'array';
	return value === null ? undefined : typeof value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
