import parameters from '../../nodes/catalog/parameters.json';
import {
	parameterTable,
	type ModelParameter,
	type ParameterTable,
} from '../../nodes/catalog/parameters';
import { seedTables, type Row } from './seedTables';

/** A parameter as seedTables writes one. */
function inShort(parameter: ModelParameter): Row {
	const { name, type, media, min, max, choices, choicesOpen, required } = parameter;
	const takes = [
		media ?? type,
		...(min !== undefined || max !== undefined ? [`${min ?? ''}..${max ?? ''}`] : []),
		...(choices ? [[...choices, ...(choicesOpen ? ['…'] : [])].join('|')] : []),
		...(parameter.default !== undefined ? [`default ${String(parameter.default)}`] : []),
	].join(' ');
	return required ? [name, takes, 'required'] : [name, takes];
}

it.each(Object.entries(seedTables))('has the fields of %s as documented', (slug, rows) => {
	expect(parameterTable(slug)?.parameters.map(inShort)).toEqual(rows);
});

it.each([
	['segmind-vega', true],
	['sdxl-txt2img', true],
	['instantid', true],
	// Names from a public client, not from the model's own page.
	['sdxl1.0-newreality-lightning', false],
	['consistent-character-AI-neolemon-v2', false],
	// The end of the page was not seen.
	['background-eraser', false],
	['gpt-image-1', false],
])('trusts the table of %s: %s', (slug, trusted) => {
	expect(parameterTable(slug)?.trusted).toBe(trusted);
});

it('knows no table for a name that every object has', () => {
	expect(parameterTable('constructor')).toBeUndefined();
	expect(parameterTable('__proto__')).toBeUndefined();
});

const everyTable = Object.entries(parameters as unknown as Record<string, ParameterTable>);
const everyParameter = everyTable.flatMap(([slug, table]) =>
	table.parameters.map((parameter): [string, ModelParameter] => [
		`${slug}/${parameter.name}`,
		parameter,
	]),
);

it('has 73 tables, trusting only complete ones, without repeated names', () => {
	expect(everyTable.length).toBeGreaterThanOrEqual(73);
	for (const [slug, { trusted, complete, parameters: rows }] of everyTable) {
		expect([slug, trusted && !complete]).toEqual([slug, false]);
		expect([slug, new Set(rows.map(({ name }) => name)).size]).toEqual([slug, rows.length]);
	}
});

describe('every parameter', () => {
	it('has a known type, and a default and choices of that type', () => {
		for (const [where, { type, default: initial, choices = [] }] of everyParameter) {
			const jsType = type === 'integer' ? 'number' : type === 'array' ? 'object' : type;
			expect([where, /^(string|number|boolean|object)$/.test(jsType)]).toEqual([where, true]);
			for (const value of [...(initial === undefined ? [] : [initial]), ...choices]) {
				expect([where, typeof value]).toEqual([where, jsType]);
				if (type === 'integer') expect([where, Number.isInteger(value)]).toEqual([where, true]);
			}
		}
	});

	it('has its range in order and its default inside it and among the choices', () => {
		for (const [where, parameter] of everyParameter) {
			const { min = -Infinity, max = Infinity, choices, choicesOpen, default: initial } = parameter;
			expect([where, min <= max]).toEqual([where, true]);
			if (typeof initial === 'number') {
				expect([where, initial >= min && initial <= max]).toEqual([where, true]);
			}
			if (choices && !choicesOpen && initial !== undefined) {
				expect([where, choices.includes(initial as string)]).toEqual([where, true]);
			}
		}
	});

	it('has only short words of our own, and no sample for a default', () => {
		for (const [where, { description = '', default: initial }] of everyParameter) {
			expect([where, description.length <= 60]).toEqual([where, true]);
			expect([where, /^<|https?:/.test(String(initial))]).toEqual([where, false]);
		}
	});
});
