import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { anyNode } from '../anyNode';
import { SegmindFailure } from '../../nodes/api/failure';
import { toNodeError } from '../../nodes/items/nodeError';

describe('toNodeError', () => {
	it('returns an API error with status and item after an answer', () => {
		const failure = new SegmindFailure('Not enough credits', {
			description: 'Add some',
			httpStatus: 406,
		});
		const error = toNodeError(anyNode, failure, 3);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'Not enough credits',
			description: 'Add some',
			httpCode: '406',
			context: { itemIndex: 3 },
		});
	});

	it('returns an operation error without an answer', () => {
		const error = toNodeError(
			anyNode,
			new SegmindFailure('Timeout must be', { description: 'x' }),
			0,
		);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'Timeout must be', context: { itemIndex: 0 } });
	});

	// n8n puts a text of its own over messages with these words, even if they stand in a quote.
	it.each(['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'EAUTH', '401', '429'])(
		'keeps a message containing %s',
		(word) => {
			for (const httpStatus of [undefined, 401, 429, 500]) {
				const message = `Segmind said ${word}`;
				const details = {
					description: `because of ${word}`,
					...(httpStatus ? { httpStatus } : {}),
				};
				const error = toNodeError(anyNode, new SegmindFailure(message, details), 0);
				expect([error.message, error.description]).toEqual([message, `because of ${word}`]);
			}
		},
	);
});
