import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { SegmindFailure, type FailureDetails } from '../../nodes/api/failure';
import { overallError, type Outcome } from '../../nodes/items/overallError';

const node = { name: 'Segmind', type: 'x', typeVersion: 1, parameters: {} } as unknown as INode;
const context = { getNode: () => node, getInputData: () => [] } as unknown as IExecuteFunctions;

const failed = (message: string, details: FailureDetails = {}, cause?: unknown): Outcome => ({
	failed: new SegmindFailure(message, details, cause),
});
const done = (url: string | null = null): Outcome => ({ done: [[{ json: { url } }]] });
const read = (outcomes: Outcome[], jobOf: (item: number) => string | undefined = () => undefined) =>
	overallError(context, outcomes, jobOf) as Error & {
		description: string | null;
		context: { itemIndex?: number };
	};

it.each<[what: string, outcomes: Outcome[], message: string, itemIndex: number]>([
	['the first failure', [done(), failed('one'), failed('two')], 'one', 1],
	// A stop fails every item that was begun; a real reason says more.
	['a reason before a stop', [failed('stop', { stopped: true }), failed('real')], 'real', 1],
	['a stop where there is nothing else', [done(), failed('stop', { stopped: true })], 'stop', 1],
])('%s', (_what, outcomes, message, itemIndex) => {
	const error = read(outcomes);
	expect([error.message, error.context.itemIndex]).toEqual([message, itemIndex]);
});

it('keeps what the failure itself says, and the outcome of every other item', () => {
	const address = 'https://images.segmind.com/a.png';
	const outcomes = [
		failed('one', { description: 'Nothing was billed' }),
		done(address),
		done(),
		failed('two', { requestId: 'r3', status: 'PROCESSING' }),
		failed('three', { mayBeBilled: true }),
		failed('The job r5 is lost', { requestId: 'r5' }),
		undefined,
	];
	const { description } = read(outcomes, (item) => (item === 2 ? 'r2' : undefined));
	expect(description?.split('<br>')).toEqual([
		'Nothing was billed',
		`Item 1: finished: ${address}`,
		'Item 2: finished: job r2',
		'Item 3: two (job r3, PROCESSING)',
		'Item 4: three, may have been carried out and billed',
		'Item 5: The job r5 is lost',
		'Item 6: not started, nothing was sent',
	]);
});

it('keeps the HTTP status', () => {
	expect(read([failed('one', { httpStatus: 429 })])).toMatchObject({ httpCode: '429' });
});

it('a single item has nothing beside its own', () => {
	expect(read([failed('one', { description: 'why' })]).description).toBe('why');
});
