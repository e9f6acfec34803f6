import type { IDataObject } from 'n8n-workflow';
import { readJob, requestedRunOfItem } from '../../nodes/fields/job';
import { contextWith } from './contextWith';

const ID = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';
const job = (json: IDataObject, requestId: unknown = ID) =>
	readJob(contextWith({ requestId: requestId as string }, { items: [{ json }] }), 0);

it('reads what Submit Async put into the item', () => {
	const json = {
		model: 'veo-3',
		prompt: 'a fox',
		seed: 42,
		submitted_at: '2026-11-25T12:00:00.000Z',
	};
	expect(job(json)).toEqual({
		requestId: ID,
		model: 'veo-3',
		prompt: 'a fox',
		seed: 42,
		submittedAt: Date.UTC(2026, 10, 25, 12),
	});
});

it.each<[what: string, json: IDataObject]>([
	['nothing', {}],
	['empty values', { model: '', prompt: '', seed: null, submitted_at: '' }],
	[
		'other things of the same names',
		{ model: 7, prompt: {}, seed: [1], submitted_at: 'yesterday' },
	],
])('an item with %s says nothing about the job', (_what, json) => {
	const unknown = { model: null, prompt: null };
	expect(job(json)).toEqual({ requestId: ID, ...unknown, seed: null, submittedAt: undefined });
	expect(requestedRunOfItem(contextWith({}, { items: [{ json }] }), 0)).toEqual(unknown);
});

it('keeps a seed with too many digits as text', () => {
	expect(job({ seed: '12345678901234567890' }).seed).toBe('12345678901234567890');
});

it.each([[''], [' '], ['../x'], ['short'], [12345678], [null], [{ id: ID }]])(
	'a request id of %j is refused',
	(requestId) => {
		expect(() => job({}, requestId)).toThrow(
			/^Request ID must be the request_id of a submitted job, but is /,
		);
	},
);

it('trims a request ID', () => {
	expect(job({}, ` ${ID}\n`).requestId).toBe(ID);
});
