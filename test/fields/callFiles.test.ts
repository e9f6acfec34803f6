import type { ParameterTable } from '../../nodes/catalog/parameters';
import { filesForModel } from '../../nodes/fields/callFiles';
import type { FileRow } from '../../nodes/fields/fileRows';

const table: ParameterTable = {
	trusted: true,
	complete: true,
	parameters: [
		{ name: 'prompt', type: 'string', required: true },
		{ name: 'source_image', type: 'string', required: true, media: 'image' },
		{ name: 'target_image', type: 'string', required: false, media: 'image' },
		{ name: 'mask_image', type: 'string', required: false, media: 'image' },
		{ name: 'reference_images', type: 'array', required: false, media: 'image' },
	],
};
const picture = (name: string, parameter = ''): FileRow => ({
	parameter,
	source: { url: `https://a/${name}.png` },
});
const options = { sendFilesAs: '', checkParameters: 'warn' } as const;
const fields = (rows: FileRow[], more: Partial<Parameters<typeof filesForModel>[1]> = {}) =>
	filesForModel(rows, { slug: 'my-model', table, filled: [], options, ...more }).map(
		({ parameter }) => parameter,
	);

it('a row’s own field is taken as it is', () => {
	expect(fields([picture('a', 'target_image')])).toEqual(['target_image']);
});

it('a label of the form is as good as the field’s name', () => {
	expect(fields([picture('a', 'target image')])).toEqual(['target_image']);
});

it('Automatic takes the fields that are free, in the order of their roles', () => {
	expect(fields([picture('a')])).toEqual(['source_image']);
	expect(fields([picture('a'), picture('b')])).toEqual(['source_image', 'target_image']);
	expect(fields([picture('a')], { filled: ['source_image'] })).toEqual(['target_image']);
	expect(fields([picture('a', 'source_image'), picture('b')])).toEqual([
		'source_image',
		'target_image',
	]);
});

it('a mask goes to the field for masks, and nothing else does', () => {
	expect(fields([picture('my-mask')])).toEqual(['mask_image']);
	expect(fields([picture('a'), picture('b'), picture('c')])).not.toContain('mask_image');
});

it('says how a file is sent, and whether its field is a list', () => {
	const [file] = filesForModel([picture('a', 'reference_images')], {
		slug: 'my-model',
		table,
		filled: [],
		options: { ...options, sendFilesAs: 'base64' },
	});
	expect(file).toMatchObject({ sendAs: 'base64', asList: true });
	const [other] = filesForModel([picture('a')], { slug: 'my-model', table, filled: [], options });
	expect(other).toMatchObject({ sendAs: 'url', asList: false });
});

describe('what no field takes is refused before anything is sent', () => {
	it.each<[what: string, rows: FileRow[], more: object, message: string]>([
		[
			'a field that the model does not have',
			[picture('a', 'photo')],
			{},
			'Input Files: my-model has no field "photo"',
		],
		[
			'a film where there are pictures only',
			[{ parameter: '', source: { url: 'https://a/fox.mp4' } }],
			{},
			'Input Files: my-model has no free field for the file at https://a/fox.mp4',
		],
		[
			'a picture when nothing is known of the model',
			[picture('a')],
			{ table: undefined },
			'Input Files: it is not known which field of my-model takes the file at https://a/a.png',
		],
	])('%s', (_what, rows, more, message) => {
		expect(() => fields(rows, more)).toThrow(
			expect.objectContaining({
				message,
				details: expect.objectContaining({
					model: 'my-model',
					description: expect.stringMatching(/^Nothing was sent\./),
				}),
			}),
		);
	});
});

it.each<[what: string, more: object]>([
	['when the check is off', { options: { ...options, checkParameters: 'off' } }],
	['when the table may be wrong', { table: { ...table, trusted: false } }],
	['when the table has gaps', { table: { ...table, complete: false } }],
	['when nothing is known of the model', { table: undefined }],
])('a field that is not in the table is sent as named %s', (_what, more) => {
	expect(fields([picture('a', 'photo')], more)).toEqual(['photo']);
});
