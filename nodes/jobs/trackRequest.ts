import type { IDataObject } from 'n8n-workflow';

import { wallTime } from '../clock';
import { asFailure, type FailureDetails } from '../api/failure';
import { answered, close, open, rememberId, type OpenRequest } from './openRequests';
import type { Run } from './run';

/**
 * Sends a model's paid request and tracks it until it is answered. One whose answer is lost stays open, and is kept in the
 * run's `lost` for the search.
 * @param send receives a function to call with the request's ID as soon as it is known
 */
export async function trackRequest<T>(
	run: Run,
	{ key, slug, body }: { key: string; slug: string; body: IDataObject },
	send: (identify: (requestId: string | undefined) => void) => Promise<T>,
): Promise<T> {
	const request: OpenRequest = { account: run.account, model: slug, body, sentAt: wallTime() };
	const identify = (requestId: string | undefined) => {
		if (requestId === undefined) return;
		request.requestId = requestId;
		rememberId(requestId);
	};
	open(request);
	try {
		const answer = await send(identify);
		answered(request);
		return answer;
	} catch (thrown) {
		const failure = asFailure(thrown);
		if (isLost(failure.details)) run.lost.set(key, request);
		else if (failure.details.mayBeBilled) answered(request);
		else close(request);
		throw failure;
	}
}

/**
 * Whether an answer, or the only copy of its files, was lost in transit. A refusal and a redirect are answers, and a stop
 * is final.
 */
function isLost({ mayBeBilled, stopped, status, httpStatus = 0 }: FailureDetails): boolean {
	const isRedirect = httpStatus >= 300 && httpStatus < 400;
	const isOpen = status === undefined || status === 'COMPLETED';
	return mayBeBilled === true && !stopped && !isRedirect && isOpen;
}
