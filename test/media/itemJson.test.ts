import type { Result, ResultFile, StoredFile } from '../../nodes/api/result';
import { fileFacts, resultJson, unfinishedJson } from '../../nodes/media/itemJson';

/** The contract's order; a client that shows a table shows it so. */
const KEYS = [
	'status',
	'model',
	'prompt',
	'url',
	'url_expires_at',
	'seed',
	'cost',
	'remaining_credits',
	'inference_time',
	'request_id',
	'output_index',
	'output_count',
	'output_role',
	'content_type',
	'file_name',
	'file_size',
];

const file: ResultFile = {
	url: 'https://images.segmind.com/a.png',
	contentType: 'image/png',
	fileName: 'a.png',
	fileSize: 7,
	role: 'image',
};
const stored = { contentType: 'image/webp', fileName: 'flux-1.webp', fileSize: 9 } as StoredFile;
const result: Result = {
	model: 'flux',
	requestId: 'r',
	isJob: true,
	seed: 1,
	metrics: { cost: 0.1, remaining_credits: 5, inference_time: 2 },
	files: [file],
	text: null,
	data: null,
	raw: { a: 1 },
};
const request = { prompt: 'a fox', sentAt: Date.UTC(2026, 10, 25, 12) };

it('has the contract’s keys in order, with everything known', () => {
	const json = resultJson(result, request, { file, stored: undefined }, 0, false);
	expect(Object.keys(json)).toEqual(KEYS);
	expect(Object.values(json)).toEqual([
		'COMPLETED',
		'flux',
		'a fox',
		file.url,
		// Segmind keeps files for seven days.
		'2026-12-02T12:00:00.000Z',
		1,
		0.1,
		5,
		2,
		'r',
		0,
		1,
		'image',
		'image/png',
		'a.png',
		7,
	]);
});

it('reports the actual, not the claimed, facts of a stored file', () => {
	expect(fileFacts({ file, stored })).toEqual({
		output_role: 'image',
		content_type: 'image/webp',
		file_name: 'flux-1.webp',
		file_size: 9,
	});
});

it.each<[claimed: string | null, url: string | null, type: string | null]>([
	['image/png', null, 'image/png'],
	[null, 'https://a.test/b.mp4', 'video/mp4'],
	['application/x-nobody-knows', 'https://a.test/b', null],
	[null, null, null],
])('claims of a file that is %s at %s the type %s', (contentType, url, type) => {
	const facts = fileFacts({ file: { ...file, contentType, url }, stored: undefined });
	expect(facts.content_type).toBe(type);
});

it('has no expiry without a URL', () => {
	const json = resultJson(result, request, { file: { ...file, url: null }, stored }, 0, false);
	expect(json).toMatchObject({ url: null, url_expires_at: null, file_name: 'flux-1.webp' });
});

it('has the same keys without a file, followed by text or data', () => {
	const spoken = { ...result, files: [], text: 'Hello', data: { a: 1 } };
	const json = resultJson(spoken, request, undefined, 0, false);
	expect(Object.keys(json)).toEqual([...KEYS, 'text', 'result']);
	expect(json).toMatchObject({
		url: null,
		url_expires_at: null,
		output_count: 0,
		output_role: null,
		content_type: null,
		text: 'Hello',
	});
});

it('has the raw response last, if requested', () => {
	const json = resultJson(result, request, { file, stored }, 0, true);
	expect(Object.keys(json).at(-1)).toBe('raw_response');
});

it('has the same keys for an unfinished job', () => {
	const job = { status: 'QUEUED', requestId: 'r', model: 'flux', prompt: 'a fox', seed: 1 };
	const json = unfinishedJson(job);
	expect(Object.keys(json)).toEqual(KEYS);
	expect(json).toMatchObject({
		status: 'QUEUED',
		model: 'flux',
		prompt: 'a fox',
		seed: 1,
		request_id: 'r',
		output_count: 0,
	});
	const known = ['status', 'model', 'prompt', 'seed', 'request_id', 'output_count'];
	for (const key of KEYS.filter((one) => !known.includes(one))) expect(json[key]).toBeNull();
});
