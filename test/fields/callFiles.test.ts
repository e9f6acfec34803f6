import type { IBinaryData } from 'n8n-workflow';
import { parameterTable } from '../../nodes/catalog/parameters';
import { filesForModel } from '../../nodes/fields/callFiles';
import type { FileRow } from '../../nodes/fields/fileRows';
import type { ItemOptions } from '../../nodes/fields/itemOptions';
import { refusal } from './contextWith';

const row = (mimeType: string, parameter = '', field = 'data'): FileRow => ({
	parameter,
	source: { binary: { data: '', mimeType } as IBinaryData, field },
});
const photo = row('image/jpeg');
const web = (url: string, parameter = ''): FileRow => ({ parameter, source: { url } });

interface Given {
	filled?: string[];
	sendFilesAs?: ItemOptions['sendFilesAs'];
	checkParameters?: ItemOptions['checkParameters'];
}
const place = (
	slug: string,
	rows: FileRow[],
	{ filled = [], sendFilesAs = '', checkParameters = 'warn' }: Given = {},
) =>
	filesForModel(rows, {
		slug,
		table: parameterTable(slug),
		filled,
		options: { sendFilesAs, checkParameters },
	});
const fields = (...given: Parameters<typeof place>) =>
	place(...given).map(({ parameter }) => parameter);

it.each<[what: string, slug: string, rows: FileRow[], names: string[]]>([
	['the one it names', 'instantid', [row('image/png', 'pose_image')], ['pose_image']],
	['the first that fits', 'face-to-sticker', [photo], ['image']],
	[
		'the first that no row names',
		'instantid',
		[photo, row('image/png', 'face_image')],
		['pose_image', 'face_image'],
	],
	[
		'the one of its own kind, on the web too',
		'kling-v1-pro-ai-avatar',
		[web('https://a.test/a.mp3'), web('https://a.test/a.png?x=1')],
		['audio_url', 'image_url'],
	],
	['any, where its kind is not known', 'face-to-sticker', [web('https://a.test/photo')], ['image']],
	...['Source Image URL *', 'source image url', 'SOURCE_IMAGE', 'Source-Image', 'Source Image'].map(
		(label): [string, string, FileRow[], string[]] => [
			`the one with the label ${label}`,
			'ai-face-swap',
			[row('image/png', label)],
			['source_image'],
		],
	),
	[
		'the one whose name it is in another spelling, before one with such a label',
		'pixverse-mimic',
		[row('image/png', 'Image URL')],
		['image_url'],
	],
	['Automatic’s, by its label', 'nano-banana', [row('image/png', 'Automatic')], ['image_urls']],
	[
		'the same list, as many as there are',
		'nano-banana',
		[photo, photo, photo],
		['image_urls', 'image_urls', 'image_urls'],
	],
	[
		'the one it names, of a model without a table',
		'no-such-model',
		[row('image/png', 'refs')],
		['refs'],
	],
])('a file goes to %s', (_what, slug, rows, names) => expect(fields(slug, rows)).toEqual(names));

it('goes to any field, without the check', () => {
	const rows = [row('image/png', 'prompt')];
	expect(fields('nano-banana', rows, { checkParameters: 'off' })).toEqual(['prompt']);
});

it('skips fields filled by the form or JSON', () => {
	expect(fields('instantid', [photo], { filled: ['face_image'] })).toEqual(['pose_image']);
});

it('makes a list for a list field, even of one file', () => {
	expect(place('nano-banana', [photo])).toMatchObject([{ asList: true }]);
	expect(place('face-to-sticker', [photo])).toMatchObject([{ asList: false }]);
});

it.each(['url', 'base64', 'dataUri'] as const)('obeys Send Files As: %s', (sendFilesAs) => {
	expect(place('face-to-sticker', [photo], { sendFilesAs })).toMatchObject([
		{ sendAs: sendFilesAs },
	]);
});

it.each<[what: string, slug: string, rows: FileRow[], given: Given, message: RegExp]>([
	[
		'no field that is free',
		'face-to-sticker',
		[photo, row('image/png', '', 'second')],
		{},
		/^Input Files: .* has no free field for the file in the field "second"$/,
	],
	['no field for its kind', 'face-to-sticker', [row('video/mp4')], {}, /has no free field/],
	['a paper', 'face-to-sticker', [row('application/pdf')], {}, /has no free field/],
	[
		'a field that is filled',
		'face-to-sticker',
		[photo],
		{ filled: ['image'] },
		/has no free field/,
	],
	[
		'a model that takes no files',
		'fast-flux-schnell',
		[web('https://a.test/a.png')],
		{},
		/has no free field for the file at https:\/\/a\.test\/a\.png$/,
	],
	[
		'a model whose page was read in part and names no field for files',
		'veo-3.1',
		[photo],
		{},
		/it is not known which field of Veo 3\.1 takes the file/,
	],
	[
		'a picture among the known fields for sound of a page that was read in part',
		'eleven-labs-transcript',
		[photo],
		{},
		/has no free field/,
	],
	...['prompt', 'seed', 'Prompt'].map((name): [string, string, FileRow[], Given, RegExp] => [
		`the field ${name}, which is for something else`,
		'nano-banana',
		[row('image/png', name)],
		{},
		/^Input Files: Nano Banana (takes no file in its field "prompt"|has no field "seed")$/,
	]),
	[
		'a model without a table',
		'no-such-model',
		[photo],
		{},
		/^Input Files: it is not known which field of no-such-model takes the file in the field "data"$/,
	],
])('does not guess a field for %s', (_what, slug, rows, given, message) => {
	expect(refusal(() => place(slug, rows, given))).toMatch(message);
});
