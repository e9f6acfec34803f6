import {
	resultOfAnswer as resultOfAnswerInSteps,
	resultOfJob as resultOfJobInSteps,
} from '../../nodes/api/result';
import type { Answer } from '../../nodes/api/request';
import type { Stream } from '../../nodes/api/stream';
import { atOnce } from './atOnce';

const resultOfAnswer = atOnce(resultOfAnswerInSteps);
const resultOfJob = atOnce(resultOfJobInSteps);

const URL = 'https://images.segmind.com/generations/0f9e/6f0a1b2c3d4e.jpeg';
const BASE64 = Buffer.alloc(90, 7).toString('base64');

const answer = (headers: Record<string, string>, more: Partial<Answer> = {}): Answer => ({
	status: 200,
	headers,
	text: '',
	json: undefined,
	attempts: 1,
	waitMs: undefined,
	...more,
});
const file = {
	firstBytes: Buffer.from('x'),
	chunks: (async function* () {})(),
	streamType: {} as Stream,
};

describe('the answer of a v1 call', () => {
	it('is read from the documented headers', () => {
		const headers = {
			'content-type': 'image/jpeg',
			'content-length': '284113',
			'x-request-id': '5f0c2f1e-8f5c-4f52-9d8a-0f0d1e6f7a11',
			'x-cost': '0.0062',
			'x-remaining-credits': '41.2031',
			'x-generation-time': '2.91',
			'x-seed-value': '3982217745',
		};
		expect(resultOfAnswer(answer(headers, { file }), 'segmind-vega', 7)).toEqual({
			model: 'segmind-vega',
			requestId: '5f0c2f1e-8f5c-4f52-9d8a-0f0d1e6f7a11',
			isJob: false,
			seed: 3982217745,
			metrics: { cost: 0.0062, remaining_credits: 41.2031, inference_time: 2.91 },
			files: [
				{
					url: null,
					contentType: 'image/jpeg',
					fileName: null,
					fileSize: 284113,
					role: 'image',
					content: file,
				},
			],
			text: null,
			data: null,
			raw: { headers },
		});
	});

	it('is null for what is not reported', () => {
		const result = resultOfAnswer(answer({}, { file }), 'face-to-sticker', undefined);
		expect(result).toMatchObject({
			requestId: null,
			seed: null,
			metrics: { cost: null, remaining_credits: null, inference_time: null },
			files: [{ contentType: null, fileSize: null }],
		});
	});

	it('does not use a compressed length as the file’s length', () => {
		const headers = { 'content-length': '100', 'content-encoding': 'gzip' };
		const { files } = resultOfAnswer(answer(headers, { file }), 'm', undefined);
		expect(files[0]!.fileSize).toBeNull();
	});

	it('is kept raw, without files', () => {
		const json = { image: BASE64 };
		const withFile = resultOfAnswer(answer({ 'x-cost': '1' }, { json }), 'm', undefined);
		expect(withFile.files).toHaveLength(1);
		expect(withFile.raw).toEqual({
			headers: { 'x-cost': '1' },
			body: { image: '(a file, 120 characters)' },
		});
		const withUrl = resultOfAnswer(answer({}, { json: { url: URL } }), 'm', undefined);
		expect(withUrl.raw).toEqual({ headers: {}, body: { url: URL } });
	});

	it('is text if it is not JSON', () => {
		const { text, files } = resultOfAnswer(answer({}, { text: 'a red fox' }), 'm', undefined);
		expect([text, files]).toEqual(['a red fox', []]);
	});
});

describe('the result of a v2 job', () => {
	const body = {
		status: 'COMPLETED',
		error: null,
		metrics: { cost: 0.05, remaining_credits: 41.11, inference_time: 13.96, queue_time: 0.4 },
		output: URL,
		images: [{ url: URL, content_type: 'image/jpeg', file_name: '6f0a.jpeg', file_size: '284113' }],
		seed: '3982217745',
		prompt: 'a red rose',
		timings: {},
	};

	it('is read from the documented body', () => {
		expect(resultOfJob({ status: 'COMPLETED', body }, 'r1', 'm', 7)).toEqual({
			model: 'm',
			requestId: 'r1',
			isJob: true,
			seed: 3982217745,
			metrics: { cost: 0.05, remaining_credits: 41.11, inference_time: 13.96 },
			files: [
				{
					url: URL,
					contentType: 'image/jpeg',
					fileName: '6f0a.jpeg',
					fileSize: 284113,
					role: 'image',
				},
			],
			text: null,
			data: null,
			raw: body,
		});
	});

	it('is null for what is not reported', () => {
		const bare = { output: URL };
		expect(resultOfJob({ status: 'COMPLETED', body: bare }, 'r1', null, null)).toEqual({
			model: null,
			requestId: 'r1',
			isJob: true,
			seed: null,
			metrics: { cost: null, remaining_credits: null, inference_time: null },
			files: [{ url: URL, contentType: null, fileName: null, fileSize: null, role: 'output' }],
			text: null,
			data: null,
			raw: bare,
		});
	});
});

describe('the seed', () => {
	it.each<[why: string, reported: unknown, sent: unknown, seed: number | string | null]>([
		['as reported', '42', undefined, 42],
		['as reported, not as sent', 42, 7, 42],
		['as sent, where none is reported', undefined, 7, 7],
		['as sent in text', undefined, '7', 7],
		['zero', 0, 7, 0],
		['random is no seed', -1, undefined, null],
		['random is no seed: the sent one is', '-1', 7, 7],
		['nothing', null, null, null],
		['no number', 'abc', [], null],
		['the largest exact number', '9007199254740991', undefined, 9007199254740991],
		// As a number it would become ...992, which makes another picture.
		['too large for a number', '9007199254740993', undefined, '9007199254740993'],
	])('%s: %p, sent %p', (_why, reported, sent, seed) => {
		const body = { output: URL, seed: reported };
		expect(resultOfJob({ status: 'COMPLETED', body }, 'r', 'm', sent).seed).toBe(seed);
		const headers: Record<string, string> =
			reported === undefined || reported === null ? {} : { 'x-seed-value': String(reported) };
		expect(resultOfAnswer(answer(headers, { file }), 'm', sent).seed).toBe(seed);
	});
});
