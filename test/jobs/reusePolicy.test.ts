import type { IDataObject } from 'n8n-workflow';
import type { HistoryRequest } from '../../nodes/api/historyRows';
import type { ModelCall } from '../../nodes/jobs/modelCall';
import {
	isReusable,
	mayHaveAnswer,
	reusableBody,
	reusableSince,
} from '../../nodes/jobs/reusePolicy';
import type { InputFile, SentFile } from '../../nodes/media/inputFile';

const NOW = Date.UTC(2026, 10, 25, 12);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const request: HistoryRequest = {
	requestId: 'earlier-request',
	status: 'COMPLETED',
	model: 'nano-banana',
	cost: 0.04,
	parameters: { prompt: 'a fox' },
	urls: ['https://images.segmind.com/a.png'],
	latencyMs: 9000,
	failureReason: null,
	createdAt: NOW - 2 * DAY_MS,
	endedAt: null,
};

it('days count back to the same time of day', () => {
	expect(reusableSince(2, NOW)).toBe(Date.UTC(2026, 10, 23, 12));
	expect(reusableSince(0.5, NOW)).toBe(Date.UTC(2026, 10, 25, 0));
});

describe('which requests may be reused', () => {
	const range = { since: NOW - 3 * DAY_MS, before: NOW, now: NOW };

	it.each<[what: string, changes: Partial<HistoryRequest>, isTrue: boolean]>([
		['one in time', {}, true],
		['the oldest', { createdAt: NOW - 3 * DAY_MS }, true],
		['an older one', { createdAt: NOW - 3 * DAY_MS - 1 }, false],
		['one of this execution', { createdAt: NOW }, false],
		['without a time: the list is of these days', { createdAt: null }, true],
		['failed', { status: 'FAILED' }, false],
		['running', { status: 'PENDING' }, false],
		['of another model', { model: 'nano-banana-pro' }, false],
		['of a model with other capitals', { model: 'Nano-Banana' }, false],
		['of no model', { model: null }, false],
		['whose inputs have not landed', { parameters: null }, false],
		['whose ID would lead elsewhere', { requestId: '../v1/credits' }, false],
		['without a file, long ago', { urls: [] }, false],
		['without a file, an hour ago', { urls: [], createdAt: NOW - HOUR_MS }, false],
		[
			'without a file, as Segmind is about to forget it',
			{ urls: [], createdAt: NOW - 56 * MINUTE_MS },
			false,
		],
		['without a file, just now', { urls: [], createdAt: NOW - MINUTE_MS }, true],
		['without a file or a time', { urls: [], createdAt: null }, false],
	])('%s: %j', (_what, changes, isTrue) => {
		expect(isReusable({ ...request, ...changes }, 'nano-banana', range)).toBe(isTrue);
	});

	it.each([
		[null, true],
		[NOW - MINUTE_MS, true],
		[NOW - HOUR_MS, false],
	])('made at %p: Segmind may still have its answer: %p', (createdAt, isTrue) => {
		expect(mayHaveAnswer({ ...request, createdAt }, NOW)).toBe(isTrue);
	});
});

describe('what must be equal', () => {
	const binary = { data: '', id: 'filesystem-v2:x', mimeType: 'image/png' };
	const web = (sendAs: InputFile['sendAs'] = 'url'): InputFile => ({
		parameter: 'image',
		source: { url: 'https://a.test/a.png' },
		sendAs,
	});
	const call = (changes: Partial<ModelCall>) =>
		({
			body: { prompt: 'a fox' },
			inputFiles: [],
			hasRandomSeed: false,
			...changes,
		}) as unknown as ModelCall;

	it.each<[what: string, changes: Partial<ModelCall>, body: IDataObject]>([
		['the body', {}, { prompt: 'a fox' }],
		['a seed', { body: { seed: 3 } }, { seed: 3 }],
		[
			'a file given by its URL',
			{ inputFiles: [web()] },
			{ prompt: 'a fox', image: 'https://a.test/a.png' },
		],
		[
			'a conversation',
			{
				inputFiles: [web()],
				bodyWith: (files: readonly SentFile[]) => ({
					messages: files.map(({ content }) => content),
				}),
			},
			{ messages: [{ url: 'https://a.test/a.png' }] },
		],
	])('%s', (_what, changes, body) => expect(reusableBody(call(changes))).toEqual({ body }));

	it.each<[what: string, changes: Partial<ModelCall>, notReusable: RegExp]>([
		['a random seed', { hasRandomSeed: true }, /random seed/],
		[
			'an upload',
			{ inputFiles: [{ parameter: 'image', source: { binary, field: 'data' }, sendAs: 'url' }] },
			/file is uploaded/,
		],
		['a file sent as text', { inputFiles: [web('base64')] }, /enter the file’s URL/],
		['one of two files', { inputFiles: [web(), web('dataUri')] }, /enter the file’s URL/],
	])('nothing equals %s', (_what, changes, notReusable) => {
		expect(reusableBody(call(changes))).toEqual({
			notReusable: expect.stringMatching(notReusable) as string,
		});
	});
});
