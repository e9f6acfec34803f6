import { readOutputs as readOutputsInSteps } from '../../nodes/api/outputs';
import { fileOf } from '../engine/sampleFiles';
import { atOnce } from './atOnce';

const readOutputs = atOnce(readOutputsInSteps);

const HOST = 'https://images.segmind.com/generations/0f9e';
const PNG = fileOf('png', 90).toString('base64');
const MP4 = fileOf('mp4', 90).toString('base64');
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** Each file of an answer as "role: address", or "role: base64". */
const filesIn = (body: unknown, sent?: unknown) =>
	readOutputs(body, sent).files.map(({ role, url, base64 }) => `${role}: ${url ?? base64}`);

describe('returns every file once, main file first, with its origin', () => {
	it.each<[shape: string, body: unknown, files: string[]]>([
		['OpenAI’s pictures as text', { data: [{ b64_json: PNG }] }, [`data: ${PNG}`]],
		['OpenAI’s pictures', { data: [{ url: `${HOST}/a` }] }, [`data: ${HOST}/a`]],
		[
			'Gemini’s pictures',
			{
				candidates: [
					{
						content: {
							parts: [{ text: 'Here' }, { inlineData: { mimeType: 'image/png', data: PNG } }],
						},
					},
				],
			},
			[`candidates: ${PNG}`],
		],
		[
			'a chat model’s pictures',
			{ choices: [{ message: { images: [{ image_url: { url: `${HOST}/a.png` } }] } }] },
			[`image: ${HOST}/a.png`],
		],
		['a picture in result', { result: `${HOST}/a` }, [`result: ${HOST}/a`]],
		['pictures in result', { result: { images: [`${HOST}/a`] } }, [`image: ${HOST}/a`]],
		['output in output', { output: { output: `${HOST}/a` } }, [`output: ${HOST}/a`]],
		['result in output', { output: { result: `${HOST}/a` } }, [`output: ${HOST}/a`]],
		['output_images', { output_images: [`${HOST}/a`] }, [`image: ${HOST}/a`]],
		[
			'image_urls',
			{ image_urls: [`${HOST}/a`, `${HOST}/b`] },
			[`image: ${HOST}/a`, `image: ${HOST}/b`],
		],
		['audio_file', { audio_file: { url: `${HOST}/a` } }, [`audio: ${HOST}/a`]],
		['a film as base64', { video: MP4 }, [`video: ${MP4}`]],
		['base64 alone in output', { output: PNG }, [`output: ${PNG}`]],
		['base64 as the body', PNG, [`null: ${PNG}`]],
		[
			'base64 of an address’ alphabet',
			{ output: PNG.replaceAll('/', '_').replaceAll('+', '-') },
			[`output: ${PNG.replaceAll('/', '_').replaceAll('+', '-')}`],
		],
		[
			'an address with a blank',
			{ output: `${HOST}/a red fox.png` },
			[`output: ${HOST}/a%20red%20fox.png`],
		],
		[
			'two addresses in one text',
			{ output: `${HOST}/a.png\n${HOST}/b.png` },
			[`output: ${HOST}/a.png`, `output: ${HOST}/b.png`],
		],
		[
			'a film, its last frame and its sound',
			{
				output: `${HOST}/a.mp4`,
				audio: { url: `${HOST}/a.mp3` },
				video: { url: `${HOST}/a.mp4`, content_type: 'video/mp4', last_frame_url: `${HOST}/a.png` },
			},
			[`video: ${HOST}/a.mp4`, `audio: ${HOST}/a.mp3`, `last_frame: ${HOST}/a.png`],
		],
		[
			'a shape and its preview',
			{ image: { url: `${HOST}/a.png` }, model_mesh: { url: `${HOST}/a.glb` } },
			[`model_mesh: ${HOST}/a.glb`, `image: ${HOST}/a.png`],
		],
		[
			'a picture and its mask',
			{ mask: `${HOST}/m.png`, image: `${HOST}/a.png` },
			[`image: ${HOST}/a.png`, `mask: ${HOST}/m.png`],
		],
		[
			'images shorter than output',
			{ images: [{ url: `${HOST}/a.png` }], output: [`${HOST}/a.png`, `${HOST}/b.png`] },
			[`image: ${HOST}/a.png`, `output: ${HOST}/b.png`],
		],
		[
			'one file behind two signatures',
			{ output: `${HOST}/a.png?sig=1`, images: [`${HOST}/a.png?sig=2`] },
			[`image: ${HOST}/a.png?sig=1`],
		],
		[
			'files that only the query tells apart',
			{ images: [`${HOST}/view?file=a`, `${HOST}/view?file=b`] },
			[`image: ${HOST}/view?file=a`, `image: ${HOST}/view?file=b`],
		],
		[
			'an empty text beside a file',
			{ text: '', images: [`${HOST}/a.png`] },
			[`image: ${HOST}/a.png`],
		],
		[
			'a drawing as markup',
			{ output: '<svg xmlns="x"><g/></svg>' },
			[`output: ${Buffer.from('<svg xmlns="x"><g/></svg>').toString('base64')}`],
		],
		[
			'a drawing as a data URI',
			{ output: 'data:image/svg+xml,%3Csvg%3E%3C%2Fsvg%3E' },
			[`output: ${Buffer.from('<svg></svg>').toString('base64')}`],
		],
	])('%s', (_shape, body, files) => {
		expect(filesIn(body)).toEqual(files);
	});
});

describe('finds files outside the documented places', () => {
	it.each<[why: string, body: unknown, files: string[]]>([
		['a name says it', { answer: { foo: `${HOST}/a.png` } }, [`foo: ${HOST}/a.png`]],
		['a key says it', { details: { final_image: `${HOST}/a` } }, [`final_image: ${HOST}/a`]],
		[
			'a type says it',
			{ details: { foo: `${HOST}/a`, mime_type: 'image/webp' } },
			[`foo: ${HOST}/a`],
		],
		[
			'a key names its format',
			{ mp4: `${HOST}/a`, stl_file: `${HOST}/b` },
			[`mp4: ${HOST}/a`, `stl: ${HOST}/b`],
		],
		[
			'an unusual type says it',
			{ foo: { bar: `${HOST}/a`, mimetype: 'audio/opus' } },
			[`bar: ${HOST}/a`],
		],
		['a kind says it', { foo: { bar: `${HOST}/a`, type: 'image' } }, [`bar: ${HOST}/a`]],
		[
			'JSON with a byte order mark',
			{ output: `\uFEFF["${HOST}/a.png"]` },
			[`output: ${HOST}/a.png`],
		],
		[
			'subtitles',
			{ output: `${HOST}/a.mp4`, srt_url: `${HOST}/a.srt` },
			[`output: ${HOST}/a.mp4`, `srt: ${HOST}/a.srt`],
		],
		['bytes say it', { deep: [{ er: { foo: PNG } }] }, [`foo: ${PNG}`]],
		[
			'in JSON within a text',
			{ foo: JSON.stringify({ bar: `${HOST}/a.png` }) },
			[`bar: ${HOST}/a.png`],
		],
		['nothing says it', { details: { foo: `${HOST}/a` } }, []],
		['a page', { details: { homepage: 'https://example.com/about.html' } }, []],
		['a sentence', { output: 'https://example.com/a.png is the picture, I think' }, []],
		['a digest', { details: { image: SHA256 }, image: `${SHA256}${SHA256}` }, []],
		[
			'a long word',
			{ image: 'a-very-long-slug-of-a-model-that-has-more-than-sixty-four-characters' },
			[],
		],
		[
			'a path',
			{ image: 'models/flux/dev/checkpoints/with/a/very/long/path/of/words/and/more/words' },
			[],
		],
		['a word of many letters', { image: `Ha${'ha'.repeat(50)}` }, []],
		['a digest as base64', { image_hash: Buffer.from(SHA256).toString('base64') }, []],
		['an invoice', { invoice_url: 'https://a.com/1' }, []],
		['a framework', { framework: 'https://a.com/1' }, []],
		['what was discovered', { discover_url: 'https://a.com/1' }, []],
		['a photographer', { photographer: 'https://a.com/@1' }, []],
		['an id', { image: '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10' }, []],
		[
			'where to poll',
			{ output: null, video: { status_url: 'https://api.segmind.com/v2/requests/x/status' } },
			[],
		],
		['the job itself', { url: 'https://api.segmind.com/v2/requests/8b3c5b6e' }, []],
	])('%s', (_why, body, files) => {
		expect(filesIn(body)).toEqual(files);
	});

	it.each([
		'prompt',
		'input',
		'input_image',
		'parameters',
		'request_body',
		'poll_url',
		'response_url',
		'citations',
	])('ignores files under %s', (key) => {
		expect(filesIn({ [key]: { image: `${HOST}/a.png` }, output: null })).toEqual([]);
		expect(filesIn({ [key]: `${HOST}/a.png`, output: `${HOST}/b.png` })).toEqual([
			`output: ${HOST}/b.png`,
		]);
	});
});

describe('a file that the request sent', () => {
	const body = {
		output: `${HOST}/new.png`,
		init_image: `${HOST}/own.png?x=2`,
		style: { image: PNG },
	};

	it('is not a result, in whatever form it is echoed', () => {
		const sent = { image_url: `${HOST}/own.png?x=1`, nested: [{ deep: PNG }] };
		expect(filesIn(body, sent)).toEqual([`output: ${HOST}/new.png`]);
		expect(filesIn(body, [sent, 'a text'])).toEqual([`output: ${HOST}/new.png`]);
	});

	it('counts as a result if the request is unknown', () => {
		expect(filesIn(body)).toHaveLength(3);
	});
});

describe('the facts of a file', () => {
	it('come from the surrounding object unless that describes another file', () => {
		const { files } = readOutputs({
			video: {
				url: `${HOST}/a`,
				content_type: 'video/mp4',
				file_name: 'a.mp4',
				file_size: '72',
				last_frame_url: `${HOST}/b`,
			},
		});
		expect(files).toMatchObject([
			{ role: 'video', contentType: 'video/mp4', fileName: 'a.mp4', fileSize: 72 },
			{ role: 'last_frame', contentType: null, fileName: null, fileSize: null },
		]);
	});

	it('are merged from all its mentions', () => {
		const { files } = readOutputs({
			output: `${HOST}/a.png`,
			images: [{ url: `${HOST}/a.png`, content_type: 'image/png', file_size: 7 }],
		});
		expect(files).toEqual([
			{
				url: `${HOST}/a.png`,
				role: 'image',
				contentType: 'image/png',
				fileName: null,
				fileSize: 7,
			},
		]);
	});
});

describe('texts', () => {
	it.each<[shape: string, body: unknown, text: string | null]>([
		['LLaVA: response', { response: 'A fox' }, 'A fox'],
		['LLaVA: content', { content: 'A fox' }, 'A fox'],
		['LLaVA: output', { output: 'A fox' }, 'A fox'],
		['LLaVA: text in output', { output: { text: 'A fox' } }, 'A fox'],
		['a text in JSON in a text', '{"text": "A fox"}', 'A fox'],
		['an object in JSON in a text', '{"label": "fox"}', null],
		['a message', { message: { content: 'A fox' } }, 'A fox'],
		['a text beside an empty one', { output: '', text: 'A fox' }, 'A fox'],
		['a text beside a picture', { text: 'A fox', images: [`${HOST}/a.png`] }, 'A fox'],
		['a picture where a text could be', { response: `${HOST}/a.png` }, null],
	])('%s', (_shape, body, text) => {
		expect(readOutputs(body).text).toBe(text);
	});

	it('keeps base64 out of data', () => {
		const body = { choices: [{ message: { content: 'Here', images: [{ b64_json: PNG }] } }] };
		const { files, text, result } = readOutputs(body);
		expect([files.length, text]).toEqual([1, 'Here']);
		expect(JSON.stringify(result)).not.toContain(PNG);
		expect(JSON.stringify(readOutputs({ output: { image: PNG, nsfw: false } }).result)).toBe(
			`{"image":"(a file, ${PNG.length} characters)","nsfw":false}`,
		);
	});
});
