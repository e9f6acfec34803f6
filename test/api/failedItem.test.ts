import { failedJson } from '../../nodes/api/failedItem';
import { SegmindFailure, type FailureDetails } from '../../nodes/api/failure';

const jsonOf = (details: FailureDetails) => failedJson(new SegmindFailure('x', details));

describe('status and billed', () => {
	// Source of the pairs: the contract's list of what becomes of a failed item.
	it.each<[what: string, details: FailureDetails, status: string, billed: string]>([
		['a parameter that cannot be right', {}, 'REJECTED', 'no'],
		['a refusal by Segmind', { httpStatus: 400 }, 'REJECTED', 'no'],
		['a credential that is wrong', { httpStatus: 401 }, 'REJECTED', 'no'],
		['a stop before it was sent', { stopped: true }, 'NOT_SENT', 'no'],
		['a call that may have been carried out', { mayBeBilled: true }, 'UNKNOWN', 'unknown'],
		['such a call, stopped', { mayBeBilled: true, stopped: true }, 'UNKNOWN', 'unknown'],
		['such a call, answered', { mayBeBilled: true, httpStatus: 502 }, 'UNKNOWN', 'unknown'],
		[
			'a v1 file that broke off',
			{ mayBeBilled: true, status: 'COMPLETED', requestId: 'r' },
			'UNKNOWN',
			'yes',
		],
		['a result without an id that was lost', { status: 'COMPLETED' }, 'UNKNOWN', 'yes'],
		['such a result, stopped', { status: 'COMPLETED', stopped: true }, 'UNKNOWN', 'yes'],
		['a timeout', { requestId: 'r', status: 'PROCESSING' }, 'PROCESSING', 'unknown'],
		['a timeout in the queue', { requestId: 'r', status: 'QUEUED' }, 'PROCESSING', 'unknown'],
		['a wait that was stopped', { requestId: 'r', stopped: true }, 'PROCESSING', 'unknown'],
		['a poll that was refused', { requestId: 'r', httpStatus: 403 }, 'PROCESSING', 'unknown'],
		[
			'a finished file that did not arrive',
			{ requestId: 'r', status: 'COMPLETED' },
			'PROCESSING',
			'yes',
		],
		['a job that failed', { requestId: 'r', status: 'FAILED' }, 'FAILED', 'no'],
		[
			'a job that is not known',
			{ requestId: 'r', status: 'NOT_FOUND', httpStatus: 404 },
			'NOT_FOUND',
			'unknown',
		],
		['a bug', { unexpected: true }, 'UNKNOWN', 'unknown'],
		[
			'a bug after a job was accepted',
			{ unexpected: true, requestId: 'r' },
			'PROCESSING',
			'unknown',
		],
		['what knows it better', { requestId: 'r', billed: 'no' }, 'PROCESSING', 'no'],
	])('of %s', (_what, details, status, billed) => {
		expect(jsonOf(details)).toMatchObject({ status, billed });
	});
});

describe('the keys', () => {
	const failure = new SegmindFailure('The job failed: too dark', {
		description: 'Nothing was billed.',
		httpStatus: 422,
		requestId: 'r',
		status: 'FAILED',
		failureReason: 'too dark',
	});
	const outcome = {
		status: 'FAILED',
		failure_reason: 'too dark',
		billed: 'no',
		advice: 'Nothing was billed.',
	};

	it('of a model include the request', () => {
		const json = failedJson(failure, { model: 'veo-3', prompt: 'a fox' });
		expect(json).toEqual({
			...outcome,
			model: 'veo-3',
			prompt: 'a fox',
			request_id: 'r',
			http_status: 422,
		});
		expect(Object.keys(json)).toEqual(
			'status failure_reason billed advice model prompt request_id http_status'.split(' '),
		);
	});

	it('of a model are null if unknown', () => {
		const json = failedJson(new SegmindFailure('x'), { model: null, prompt: null });
		expect(json).toEqual({
			status: 'REJECTED',
			failure_reason: 'x',
			billed: 'no',
			advice: null,
			model: null,
			prompt: null,
			request_id: null,
			http_status: null,
		});
	});

	it('of a model prefer the failure’s model name', () => {
		const named = new SegmindFailure('x', { model: 'veo-3' });
		expect(failedJson(named, { model: null, prompt: null })).toMatchObject({ model: 'veo-3' });
	});

	it('of a PixelFlow include its request, but no model or prompt', () => {
		expect(failedJson(failure, 'pixelFlow')).toEqual({
			...outcome,
			request_id: 'r',
			http_status: 422,
		});
		expect(failedJson(new SegmindFailure('x'), 'pixelFlow')).toMatchObject({ request_id: null });
	});

	it('of a node without jobs include none of these', () => {
		expect(failedJson(failure)).toEqual({ ...outcome, http_status: 422 });
	});

	it('never clash with n8n’s own keys', () => {
		expect(failedJson(failure, { model: 'a', prompt: 'b' })).not.toHaveProperty('error');
	});
});
