import { merged, overruled, type Layer } from '../../nodes/fields/layers';

const layers: Layer[] = [
	{ from: 'Prompt', fields: { prompt: 'a' } },
	{ from: 'Parameters', fields: { prompt: 'b', seed: 1, steps: 4 } },
	{ from: 'JSON', fields: { seed: 2, prompt: 'c' } },
];

it('a later layer overrules an earlier one', () => {
	expect(merged(layers)).toEqual({ prompt: 'c', seed: 2, steps: 4 });
	expect(merged([])).toEqual({});
});

it('a field keeps its name, whatever that is', () => {
	const fields = JSON.parse('{"__proto__": {"polluted": true}}') as Layer['fields'];
	const all = merged([{ from: 'JSON', fields }]);
	expect(Object.keys(all)).toEqual(['__proto__']);
	expect('polluted' in {}).toBe(false);
});

it('each value that loses is told, with the place that wins in the end', () => {
	expect(overruled(layers)).toEqual([
		'"prompt" is set in Prompt and in JSON: the latter was sent',
		'"prompt" is set in Parameters and in JSON: the latter was sent',
		'"seed" is set in Parameters and in JSON: the latter was sent',
	]);
	expect(overruled(layers.slice(0, 1))).toEqual([]);
});
