import { languageText } from '../../nodes/api/answerText';
import { asNumber } from '../../nodes/api/number';
import type { OutputFile } from '../../nodes/api/outputFile';
import { readOutputs as readOutputsInSteps } from '../../nodes/api/outputs';
import { atOnce } from './atOnce';

const readOutputs = atOnce(readOutputsInSteps);

const URL = 'https://images.segmind.com/generations/0f9e/6f0a1b2c3d4e.jpeg';
const URL2 = 'https://images.segmind.com/generations/0f9e/7f0a1b2c3d4e.jpeg';
const BASE64 = Buffer.alloc(90, 7).toString('base64');
const OTHER = Buffer.alloc(90, 9).toString('base64');

const bare = { contentType: null, fileName: null, fileSize: null };
type Expected = Omit<OutputFile, 'role'>;
const at = (url: string, more: Partial<Expected> = {}): Expected => ({ url, ...bare, ...more });
const inText = (base64: string, more: Partial<Expected> = {}): Expected => ({
	url: null,
	base64,
	...bare,
	...more,
});

describe('files', () => {
	const media = {
		url: URL,
		content_type: 'image/jpeg',
		file_name: '6f0a1b2c3d4e.jpeg',
		file_size: '284113',
	};
	const full = at(URL, {
		contentType: 'image/jpeg',
		fileName: '6f0a1b2c3d4e.jpeg',
		fileSize: 284113,
	});

	it.each<[where: string, body: unknown, files: Expected[]]>([
		['the documented v2 result', { status: 'COMPLETED', output: URL, images: [media] }, [full]],
		['several images', { output: URL, images: [{ url: URL }, { url: URL2 }] }, [at(URL), at(URL2)]],
		['images as addresses', { images: [URL, URL2] }, [at(URL), at(URL2)]],
		['no images, an output', { output: URL, images: [] }, [at(URL)]],
		[
			'a video with its last frame',
			{ output: URL, video: { ...media, last_frame_url: URL2 } },
			[full, at(URL2)],
		],
		['a sound', { audio: { url: URL } }, [at(URL)]],
		['output as an address', { output: URL }, [at(URL)]],
		['output as a list', { output: [URL, URL2] }, [at(URL), at(URL2)]],
		['output as JSON text', { output: JSON.stringify([URL, URL2]) }, [at(URL), at(URL2)]],
		['output as quoted text', { output: JSON.stringify(URL) }, [at(URL)]],
		['output as an object', { output: { video_url: URL } }, [at(URL)]],
		['output as an object with images', { output: { images: [{ url: URL }] } }, [at(URL)]],
		['v1: an address', { image_url: URL }, [at(URL)]],
		['v1: an address in url', { url: URL }, [at(URL)]],
		['v1: base64', { image: BASE64 }, [inText(BASE64)]],
		['v1: several in base64', { images: [BASE64, OTHER] }, [inText(BASE64), inText(OTHER)]],
		['OpenAI’s shape', { images: [{ b64_json: BASE64 }] }, [inText(BASE64)]],
		[
			'a data URI, whose type is known',
			{ output: `data:image/png;base64,${BASE64}` },
			[inText(BASE64, { contentType: 'image/png' })],
		],
		[
			'a data URI with parameters',
			{ output: `data:image/png;name=a.png;base64,${BASE64}` },
			[inText(BASE64, { contentType: 'image/png' })],
		],
		[
			'the object’s type before the data URI’s',
			{ images: [{ url: `data:image/png;base64,${BASE64}`, content_type: 'image/webp' }] },
			[inText(BASE64, { contentType: 'image/webp' })],
		],
		['an address with blanks around it', { output: ` ${URL}\n` }, [at(URL)]],
		[
			'base64 in lines',
			{ output: `${BASE64.slice(0, 64)}\n${BASE64.slice(64)}` },
			[inText(`${BASE64.slice(0, 64)}\n${BASE64.slice(64)}`)],
		],
		['the body itself', [URL], [at(URL)]],
	])('%s', (_where, body, files) => {
		expect(readOutputs(body)).toMatchObject({ files, text: null });
	});

	it('keeps an object’s other data besides its files', () => {
		const output = { images: [{ url: URL }], nsfw: false };
		expect(readOutputs({ output }).result).toEqual(output);
	});
});

describe('text that is not a file', () => {
	it.each<[output: string]>([
		['ok'],
		['A cat and a dog, as described at https://example.com'],
		[''],
		['[broken'],
		['file:///etc/passwd'],
		['ftp://example.com/a.png'],
		// Long enough for base64, but words.
		['This sentence is longer than sixty-four characters and is not base64 at all.'],
	])('is not found in the text %j', (output) => {
		expect(readOutputs({ output })).toEqual({ files: [], text: output, result: null });
	});

	it('is not found in data', () => {
		const output = { embedding: [0.1, 0.2] };
		expect(readOutputs({ output })).toEqual({ files: [], text: null, result: output });
		expect(readOutputs({ output: JSON.stringify(output) })).toEqual({
			files: [],
			text: null,
			result: output,
		});
	});

	it.each<[body: unknown, result: unknown]>([
		[{}, {}],
		[{ output: null }, { output: null }],
		[null, null],
		[undefined, null],
	])('is not found in %j', (body, result) => {
		expect(readOutputs(body)).toEqual({ files: [], text: null, result });
	});
});

it.each([{ text: 'Hello!', words: [{ text: 'Hello!', start: 0 }] }, { text: '' }])(
	'finds a transcript: %j',
	(heard) => {
		const expected = { files: [], text: heard.text, result: heard };
		expect(readOutputs(heard)).toEqual(expected);
		expect(readOutputs({ output: JSON.stringify(heard) })).toEqual(expected);
	},
);

describe('the text of a language model', () => {
	const openAi = { choices: [{ message: { role: 'assistant', content: 'Hello!' } }] };
	const anthropic = {
		content: [
			{ type: 'text', text: 'Hel' },
			{ type: 'text', text: 'lo!' },
		],
	};
	const gemini = { candidates: [{ content: { parts: [{ text: 'Hel' }, { text: 'lo!' }] } }] };

	it.each<[whose: string, answer: object]>([
		['OpenAI', openAi],
		[
			'OpenAI, in parts',
			{ choices: [{ message: { content: [{ type: 'text', text: 'Hello!' }] } }] },
		],
		['OpenAI, completion', { choices: [{ text: 'Hello!' }] }],
		['Anthropic', anthropic],
		['Gemini', gemini],
	])('%s’s, as the body or doubly encoded in output', (_whose, answer) => {
		const expected = { files: [], text: 'Hello!', result: answer };
		expect(readOutputs(answer)).toEqual(expected);
		expect(readOutputs({ output: answer })).toEqual(expected);
		expect(readOutputs({ output: JSON.stringify(answer) })).toEqual(expected);
	});

	it('may be empty', () => {
		expect(languageText({ choices: [{ message: { content: null } }] })).toBe('');
	});

	it.each([[undefined], [null], ['text'], [{}], [{ choices: [] }], [{ content: 'text' }]])(
		'is not in %j',
		(body) => {
			expect(languageText(body)).toBeUndefined();
		},
	);
});

describe('asNumber', () => {
	it.each<[value: unknown, number: number | null]>([
		[284113, 284113],
		['284113', 284113],
		[' 0.0062 ', 0.0062],
		[0, 0],
		['0', 0],
		['-1', -1],
		['', null],
		[' ', null],
		['12 MB', null],
		['NaN', null],
		[NaN, null],
		[Infinity, null],
		['Infinity', null],
		[null, null],
		[undefined, null],
		[true, null],
		[[], null],
		[{}, null],
	])('%p: %p', (value, number) => {
		expect(asNumber(value)).toBe(number);
	});
});

it('loses nothing of an answer that is too long to be searched', () => {
	const images = [...Array<number>(50_000).fill(0), 'https://images.segmind.com/a.png'];
	const body = { output: 'Hello', images };
	expect(readOutputs(body)).toMatchObject({ files: [], text: 'Hello', result: body });
});
