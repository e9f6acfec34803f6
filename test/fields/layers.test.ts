import { mergeLayers, overrideHints, type Layer } from '../../nodes/fields/layers';

const prompt: Layer = { from: 'Prompt', fields: { prompt: 'a' } };
const form: Layer = { from: 'Parameters', fields: { seed: 1, prompt: 'b' } };
const json: Layer = { from: 'JSON', fields: { seed: 2, image: 'x' } };
const files: Layer = { from: 'Input Files', fields: { image: '' } };

it('lets later layers override earlier ones', () => {
	expect(mergeLayers([prompt, form, json])).toEqual({ prompt: 'b', seed: 2, image: 'x' });
	expect(mergeLayers([])).toEqual({});
});

it('keeps a field of any name', () => {
	const fields = JSON.parse('{ "__proto__": { "a": 1 }, "constructor": 2 }') as Layer['fields'];
	expect(JSON.stringify(mergeLayers([{ from: 'JSON', fields }]))).toBe(
		'{"__proto__":{"a":1},"constructor":2}',
	);
	expect(overrideHints([{ from: 'JSON', fields }, form])).toEqual([]);
});

it.each<[layers: Layer[], told: string[]]>([
	[[prompt, json], []],
	[[prompt, form], ['"prompt" is set in Prompt and in Parameters: the latter was sent']],
	[
		[form, json, files],
		[
			'"seed" is set in Parameters and in JSON: the latter was sent',
			'"image" is set in JSON and in Input Files: the latter was sent',
		],
	],
	// The one that is sent is named, not the next one.
	[
		[form, { ...json, fields: { seed: 2 } }, { from: 'Last', fields: { seed: 3 } }],
		[
			'"seed" is set in Parameters and in Last: the latter was sent',
			'"seed" is set in JSON and in Last: the latter was sent',
		],
	],
])('%j: %j', (layers, told) => expect(overrideHints(layers)).toEqual(told));
