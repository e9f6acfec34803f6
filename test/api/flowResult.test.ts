import { resultOfFlow as resultOfFlowInSteps } from '../../nodes/api/flowResult';
import { missingResult } from '../../nodes/api/missingResult';
import { atOnce } from './atOnce';

const resultOfFlow = atOnce(resultOfFlowInSteps);

const ID = '4f7471d8ac431cffe0468dc487b5d354';
const URL = 'https://images.segmind.com/a.png';
const OTHER = 'https://images.segmind.com/b.png';

const named = (type: string | undefined, data: unknown, keyname = 'Picture') => ({
	keyname,
	value: { ...(type === undefined ? {} : { type }), data },
});
const read = (...output: object[]) => resultOfFlow({ status: 'COMPLETED', output }, ID);

it('reads the output as documented: a list within a text', () => {
	const output = JSON.stringify([named('image', URL, 'Infographic')]);
	const result = resultOfFlow({ status: 'COMPLETED', output, metrics: { cost: 0.1 } }, ID);
	expect(result).toMatchObject({
		model: null,
		requestId: ID,
		isJob: true,
		metrics: { cost: 0.1 },
		files: [{ url: URL, role: 'Infographic' }],
		data: { Infographic: URL },
		missingOutputs: [],
	});
});

it.each<[what: string, output: object, urls: string[], data: unknown]>([
	['two files', named('image', [URL, OTHER]), [URL, OTHER], [URL, OTHER]],
	['an object', named('image', { url: URL }), [URL], { url: URL }],
	['no type', named(undefined, URL), [URL], URL],
	['a type never seen', named('hologram', URL), [URL], URL],
	[
		'a file without an ending',
		named('video', 'https://a.com/x'),
		['https://a.com/x'],
		'https://a.com/x',
	],
	['a text that is an address', named('text', URL), [], URL],
	['a number', named('number', 5), [], 5],
])('%s', (_what, output, urls, data) => {
	const result = read(output);
	expect(result.files.map(({ url }) => url)).toEqual(urls);
	expect(result.outputs).toMatchObject([{ key: 'Picture', data }]);
	expect(result.missingOutputs).toEqual([]);
});

it.each(['document', 'model', 'archive'])('the type %s is a file', (type) => {
	expect(read(named(type, 'https://a.com/x')).files).toMatchObject([{ url: 'https://a.com/x' }]);
	expect(read(named(type, null)).missingOutputs).toEqual(['"Picture"']);
});

it.each(['Message', 'Error', 'Status', 'prompt', 'input_text'])(
	'an output called "%s" is a result too',
	(name) => {
		expect(missingResult(read(named('text', 'A fox', name)), 'anything')).toBeUndefined();
		expect(read(named(undefined, URL, 'input_photo')).files).toHaveLength(1);
	},
);

it('names the outputs that were announced as files and have none', () => {
	const result = read(
		named('image', null),
		named('video', 'sorry', 'Clip'),
		named('text', '', 'Note'),
	);
	expect(result.missingOutputs).toEqual(['"Picture"', '"Clip"']);
});

it('a file without an address is no text of the item', () => {
	const uri = 'data:image/png;base64,iVBORw0KGgo=';
	expect(read(named('image', uri)).outputs).toMatchObject([
		{ data: null, files: [{ base64: 'iVBORw0KGgo=' }] },
	]);
});

it('loses no file beside the list, and names none twice', () => {
	const third = 'https://images.segmind.com/c.png';
	const body = { output: [named('image', URL, 'image')], image: OTHER, images: [URL, third] };
	expect(resultOfFlow(body, ID).outputs.map(({ key, files }) => [key, files[0]?.url])).toEqual([
		['image', URL],
		['image_2', OTHER],
		['image_3', third],
	]);
});
