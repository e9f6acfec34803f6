import {
	findFiles as findFilesInSteps,
	parseContainer as parseContainerInSteps,
} from '../../nodes/api/findFiles';
import { atOnce } from './atOnce';

const findFiles = atOnce(findFilesInSteps);
const parseContainer = atOnce(parseContainerInSteps);

const URL = 'https://images.segmind.com/a.png';
const OTHER = 'https://images.segmind.com/b.png';
const BARE = 'https://cdn.example.com/x';
const BASE64 = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(60)]).toString(
	'base64',
);

// Source: the documented answers, and shapes seen or guarded against in public clients.
it.each<[what: string, body: unknown, files: object[]]>([
	[
		'images as documented',
		{
			images: [{ url: URL, content_type: 'image/png', file_name: 'a.png', file_size: '284113' }],
		},
		[
			{
				url: URL,
				contentType: 'image/png',
				fileName: 'a.png',
				fileSize: 284113,
				role: 'image',
			},
		],
	],
	['an address alone', URL, [{ url: URL, role: null }]],
	['output', { output: URL }, [{ url: URL, role: 'output' }]],
	['a list', { output: [URL, OTHER] }, [{ url: URL }, { url: OTHER }]],
	['output within output', { output: { output: URL } }, [{ url: URL }]],
	['a known place without an ending', { image_url: BARE }, [{ url: BARE, role: 'image' }]],
	['base64 as OpenAI writes it', { data: [{ b64_json: BASE64 }] }, [{ base64: BASE64 }]],
	[
		'Gemini’s',
		{
			candidates: [
				{ content: { parts: [{ inlineData: { mimeType: 'image/png', data: BASE64 } }] } },
			],
		},
		[{ base64: BASE64, contentType: 'image/png' }],
	],
	['JSON in a text', { output: JSON.stringify({ image: URL }) }, [{ url: URL, role: 'image' }]],
	[
		'a film and its last frame',
		{ video: { url: 'https://a.com/v', content_type: 'video/mp4', last_frame_url: URL } },
		[
			{ role: 'video', contentType: 'video/mp4' },
			{ role: 'last_frame', contentType: null },
		],
	],
	['documented places first', { note: OTHER, image: URL }, [{ url: URL }, { url: OTHER }]],
	['a link that is no media', { homepage: BARE }, []],
	['where to look for the job', { status_url: URL, response_url: URL }, []],
	['what was sent', { input: { image: URL }, prompt: URL }, []],
	['a word', { output: 'okay' }, []],
	['nothing', null, []],
])('%s', (_what, body, files) => {
	expect(findFiles(body).files).toEqual(
		files.map((file) => expect.objectContaining(file) as object),
	);
});

it.each<[what: string, body: unknown, mentions: string[]]>([
	['a sentence', { text: `See ${URL}.` }, [`See ${URL}.`]],
	['a citation', { citations: [{ url: URL }] }, [URL]],
	['a sentence without a file', { text: 'See https://example.com.' }, []],
])('only spoken of: %s', (_what, body, mentions) => {
	expect(findFiles(body)).toEqual({ files: [], mentions, isTruncated: false });
});

const many = Array<number>(50_000).fill(0);

it.each<[what: string, body: unknown]>([
	['a list', { images: [...many, URL] }],
	['a list of lists', { images: [[many], URL] }],
	['an object', { images: { ...many, url: URL } }],
	['what stands behind a list', { numbers: many, image: URL }],
])('does not search without end, and says so: %s', (_what, body) => {
	expect(findFiles(body)).toEqual({ files: [], mentions: [], isTruncated: true });
});

it.each<[text: string, value: unknown]>([
	[' {"a": 1}', { a: 1 }],
	['[1]', [1]],
	['"a"', 'a'],
	['5', undefined],
	['{"a": ', undefined],
	['words', undefined],
])('the text %j holds %j', (text, value) => expect(parseContainer(text)).toEqual(value));
