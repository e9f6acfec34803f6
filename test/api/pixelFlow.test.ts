import {
	freeNames,
	isFirstContractId,
	readFlowOutputs as readFlowOutputsInSteps,
} from '../../nodes/api/pixelFlow';
import { atOnce } from './atOnce';

const readFlowOutputs = atOnce(readFlowOutputsInSteps);

const URL = 'https://images.segmind.com/generations/a.png';

/** An entry as Segmind's API pages show it. */
const entry = (keyname: unknown, type: unknown, data: unknown) => ({
	keyname,
	value: { type, data },
});
const image = entry('Infographic', 'image', URL);
const caption = entry('Caption', 'text', 'A red fox');
const both = [
	{ key: 'Infographic', type: 'image', data: URL },
	{ key: 'Caption', type: 'text', data: 'A red fox' },
];
/** One output of an unknown type. */
const untyped = (key: string, data: unknown) => [{ key, type: null, data }];

describe('readFlowOutputs', () => {
	it.each<[string, unknown, unknown[]]>([
		['JSON text', JSON.stringify([image, caption]), both],
		['JSON text with blanks', ` ${JSON.stringify([image, caption], null, 2)}\n`, both],
		['a parsed list', [image, caption], both],
		['a single entry', image, both.slice(0, 1)],
		['a single entry as JSON text', JSON.stringify(image), both.slice(0, 1)],
		['an empty list', [], []],
		['an empty list as JSON text', '[]', []],
		['an empty text', '', []],
		['nothing', undefined, []],
		['null', null, []],
		['plain text', 'A red fox', untyped('output_1', 'A red fox')],
		['text that only looks like JSON', '[{"keyname":', untyped('output_1', '[{"keyname":')],
		['a list of texts', ['a', URL], [...untyped('output_1', 'a'), ...untyped('output_2', URL)]],
		['an object without names', { a: 1 }, untyped('output_1', { a: 1 })],
		['an entry that is null', [null], untyped('output_1', null)],
		['a list in a list', [[image]], untyped('output_1', [image])],
	])('reads output: %s', (_, output, expected) => {
		expect(readFlowOutputs({ status: 'COMPLETED', output })).toEqual(expected);
	});

	it('reads a body without an output', () => {
		expect(readFlowOutputs({ status: 'COMPLETED' })).toEqual([]);
	});

	it.each([
		['a text', 'text', 'A red fox'],
		['an unknown type', 'hologram', { depth: 3 }],
		['a number', 'number', 0],
		['a flag', 'boolean', false],
		['a list', 'image', [URL, URL]],
		['null', 'image', null],
	])('keeps a value unchanged: %s', (_, type, data) => {
		expect(readFlowOutputs({ output: [entry('Out', type, data)] })).toEqual([
			{ key: 'Out', type, data },
		]);
	});

	it.each([
		['Image', 'image'],
		['VIDEO', 'video'],
		[undefined, null],
		[7, null],
		[null, null],
	])('reads the type %p', (type, expected) => {
		expect(readFlowOutputs({ output: [entry('Out', type, URL)] })).toEqual([
			{ key: 'Out', type: expected, data: URL },
		]);
	});

	it.each([
		['a text', URL],
		['a list', [URL]],
		['an object without data', { type: 'image', url: URL }],
		['null', null],
		['zero', 0],
	])('keeps a value without type and data: %s', (_, value) => {
		expect(readFlowOutputs({ output: [{ keyname: 'Out', value }] })).toEqual(untyped('Out', value));
	});

	it('keeps an entry without a value', () => {
		const bare = { keyname: 'Out', text: 'A red fox' };
		expect(readFlowOutputs({ output: [bare] })).toEqual(untyped('Out', bare));
	});

	it.each([undefined, null, '', 7, { a: 1 }])('numbers an output with the name %p', (keyname) => {
		const output = [caption, entry(keyname, 'text', 'nameless')];
		expect(readFlowOutputs({ output }).map(({ key }) => key)).toEqual(['Caption', 'output_2']);
	});

	it.each([
		[
			['a', 'a'],
			['a', 'a_2'],
		],
		[
			['a', 'a', 'a'],
			['a', 'a_2', 'a_3'],
		],
		[
			['a', 'A', 'a '],
			['a', 'A', 'a '],
		],
		// An output keeps its name whatever its neighbours are called.
		[
			['a', 'a', 'a_2'],
			['a', 'a_3', 'a_2'],
		],
		[
			['a_2', 'a', 'a'],
			['a_2', 'a', 'a_3'],
		],
		[
			['output_2', ''],
			['output_2', 'output_2_2'],
		],
		[
			['constructor', 'constructor', 'toString', 'hasOwnProperty'],
			['constructor', 'constructor_2', 'toString', 'hasOwnProperty'],
		],
		// n8n copies items by assignment: this name would be lost.
		[
			['__proto__', '__proto__'],
			['output_1', 'output_2'],
		],
		[['../../etc/passwd'], ['../../etc/passwd']],
	])('maps output names %j to the keys %j', (names, keys) => {
		const output = names.map((name, index) => entry(name, 'text', index));
		const read = readFlowOutputs({ output: JSON.stringify(output) });

		expect(read.map(({ key }) => key)).toEqual(keys);
		expect(read.map(({ data }) => data)).toEqual(names.map((_, index) => index));
	});

	it('is safe from prototype pollution', () => {
		const output = '[{"__proto__":{"keyname":"bad"},"value":{"__proto__":{"data":1},"a":2}}]';
		const [read] = readFlowOutputs({ output });

		expect(read?.key).not.toBe('bad');
		expect({}).not.toHaveProperty('keyname');
		expect({}).not.toHaveProperty('data');
	});
});

describe('isFirstContractId', () => {
	it.each([
		['4f7471d8ac431cffe0468dc487b5d354', true],
		['4F7471D8AC431CFFE0468DC487B5D354', true],
		['4f7471d8-ac43-1cff-e046-8dc487b5d354', false],
		['4f7471d8ac431cffe0468dc487b5d35', false],
		['4f7471d8ac431cffe0468dc487b5d3544', false],
		['gf7471d8ac431cffe0468dc487b5d354', false],
		['', false],
	])('returns for %p: %p', (requestId, expected) => {
		expect(isFirstContractId(requestId)).toBe(expected);
	});
});

it('gives each namesake the next free number', () => {
	const taken = new Set(['a', 'a_3']);
	const free = freeNames((name) => taken.has(name));
	const names = ['a', 'b', 'a', 'b', 'a'].map((wanted) => {
		const name = free(wanted);
		taken.add(name);
		return name;
	});
	expect(names).toEqual(['a_2', 'b', 'a_4', 'b_2', 'a_5']);
});
