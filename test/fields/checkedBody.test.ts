import type { IDataObject } from 'n8n-workflow';
import type { ParameterTable } from '../../nodes/catalog/parameters';
import { checkedBody } from '../../nodes/fields/checkedBody';
import type { InputFile } from '../../nodes/media/inputFile';

const table: ParameterTable = {
	trusted: true,
	complete: true,
	parameters: [
		{ name: 'image', type: 'string', required: true, media: 'image' },
		{ name: 'steps', type: 'integer', required: false, min: 1, max: 8 },
	],
};
const image: InputFile = { parameter: 'image', source: { url: 'https://a' }, sendAs: 'url' };
const check = (
	body: IDataObject,
	{ files = [image], mode = 'warn' as 'warn' | 'error' | 'off', known = table } = {},
) => checkedBody('my-model', known, body, files, { mode, mainTextLabel: 'Prompt' });

it('converts values to the right types and leaves out files that are not uploaded yet', () => {
	expect(check({ steps: '4' })).toEqual({ body: { steps: 4 }, problems: [] });
});

it('counts a field with a file as filled', () => {
	expect(check({}, { files: [] }).problems).toMatchObject([{ parameter: 'image' }]);
	expect(check({}).problems).toEqual([]);
});

it.each<[mode: 'warn' | 'error' | 'off', outcome: string]>([
	['warn', 'hint'],
	['error', 'failure'],
	['off', 'nothing'],
])('with %s, a value out of range is a %s', (mode, outcome) => {
	const read = () => check({ steps: 50 }, { mode });
	if (outcome === 'failure') {
		expect(read).toThrow(
			expect.objectContaining({
				message: '"steps" is 50, but my-model takes 1-8',
				details: expect.objectContaining({
					model: 'my-model',
					description:
						'Nothing was sent. Correct the field, or set the option Check Parameters to Warn or Off',
				}),
			}),
		);
	} else {
		expect(read().body).toEqual({ steps: 50 });
		expect(read().problems).toHaveLength(outcome === 'hint' ? 1 : 0);
	}
});

it('does not stop an item because of an untrusted table', () => {
	const doubtful = { ...table, trusted: false };
	expect(check({ steps: 50 }, { mode: 'error', known: doubtful }).problems).toHaveLength(1);
});

it('reports several files for a single-file field', () => {
	const { problems } = check({}, { files: [image, image, image] });
	expect(problems).toEqual([
		{
			parameter: 'image',
			message: '"image" takes one file, but Input Files has 3 files for it',
			certain: true,
		},
	]);
});

it('changes nothing for an unknown model', () => {
	expect(
		checkedBody('my-model', undefined, { steps: '4' }, [image], {
			mode: 'error',
			mainTextLabel: 'Prompt',
		}),
	).toEqual({
		body: { steps: '4' },
		problems: [],
	});
});
