import type { HistoryRequest } from '../../nodes/api/historyRows';
import { fitOf, matchesOf, onlyMatch, type Fit } from '../../nodes/jobs/matchRequest';
import { digestsOf, type SentRequest } from '../../nodes/jobs/sentRequest';

const T = Date.parse('2026-11-25T12:00:00Z');
const BODY = { prompt: 'a fox', seed: 7, size: { width: 64 } };

const sent = (body: object = BODY, more: Partial<SentRequest> = {}): SentRequest => ({
	model: 'flux',
	digests: digestsOf(body as never)!,
	sentAt: T,
	lostAt: T + 60_000,
	...more,
});
const row = (more: Partial<HistoryRequest> = {}): HistoryRequest => ({
	requestId: 'r1',
	status: 'COMPLETED',
	model: 'flux',
	cost: 0.04,
	parameters: BODY,
	urls: [],
	latencyMs: 1000,
	createdAt: T + 100,
	endedAt: T + 1100,
	failureReason: null,
	...more,
});

describe('fitOf', () => {
	it.each<[what: string, row: Partial<HistoryRequest>, fit: Fit]>([
		['the request', {}, 'same'],
		['with defaults that were not sent', { parameters: { ...BODY, steps: 20 } }, 'same'],
		[
			'with its keys in another order',
			{ parameters: { size: { width: 64 }, seed: 7, prompt: 'a fox' } },
			'same',
		],
		['still running, or failed', { status: 'PENDING', cost: null }, 'same'],
		['another prompt', { parameters: { ...BODY, prompt: 'a dog' } }, 'other'],
		['another seed', { parameters: { ...BODY, seed: 8 } }, 'other'],
		['a seed in words', { parameters: { ...BODY, seed: '7' } }, 'other'],
		['another value within', { parameters: { ...BODY, size: { width: 65 } } }, 'other'],
		['another model', { model: 'flux-pro' }, 'other'],
		['a key missing', { parameters: { prompt: 'a fox', seed: 7 } }, 'unclear'],
		['a key missing, another one different', { parameters: { prompt: 'a dog' } }, 'other'],
		['no inputs yet', { parameters: null }, 'unclear'],
		['no inputs and no time', { parameters: null, createdAt: null }, 'other'],
		['no model', { model: null }, 'unclear'],
		['no time', { createdAt: null }, 'unclear'],
		['begun 5 s before the sending, by its clock', { createdAt: T - 5_000 }, 'same'],
		['begun earlier', { createdAt: T - 5_001 }, 'other'],
		['begun long after it was given up', { createdAt: T + 60_000 + 3600_001 }, 'other'],
	])('%s', (_what, more, fit) => {
		expect(fitOf(row(more), sent())).toBe(fit);
	});

	it('knows a request without inputs by its model and time alone', () => {
		expect(fitOf(row({ parameters: {} }), sent({}))).toBe('same');
	});
});

it('matchesOf leaves out what another request of this process is known to be', () => {
	const rows = [row(), row({ requestId: 'known' }), row({ requestId: 'late', parameters: null })];
	const matches = matchesOf(rows, sent(), (requestId) => requestId === 'known');
	expect(matches).toEqual({ same: [rows[0]], unclear: [rows[2]] });
});

describe('onlyMatch', () => {
	const one = row();
	it.each<[what: string, own: HistoryRequest[], others: SentRequest[], isTaken: boolean]>([
		['the only one', [one], [], true],
		['none', [], [], false],
		['one of two', [one, row({ requestId: 'r2' })], [], false],
		[
			'one that an equal request in flight may be',
			[one],
			[sent(BODY, { lostAt: Infinity })],
			false,
		],
		[
			'one that a request may be whose inputs it does not show',
			[one],
			[sent({ ...BODY, steps: 4 })],
			false,
		],
		['a request in flight is another one', [one], [sent({ prompt: 'a dog' })], true],
		[
			'an equal one in flight was sent later',
			[one],
			[sent(BODY, { sentAt: T + 6_000, lostAt: Infinity })],
			true,
		],
	])('%s', (_what, own, others, isTaken) => {
		expect(onlyMatch(own, others)).toBe(isTaken ? one : undefined);
	});
});
