import { explainStatus } from './explainStatus';
import { SegmindFailure, type FailureDetails } from './failure';
import { quoteAnswer } from './reason';
import type { Answer, NoAnswer } from './request';
import { isPaid, type RequestContext } from './requestContext';

const NOT_BILLED = 'Nothing was billed.';
const PERHAPS_BILLED =
	'It is not known whether the request was carried out: it may have been billed, so it was not repeated. Compare your balance before you run it again.';

/**
 * The failure for an error answer: what happened, whether it was billed, what to do next, and Segmind's own words.
 * Source: Segmind documentation "Error codes", "Rate limits", "Async inference".
 */
export function explain(answer: Answer, request: RequestContext): SegmindFailure {
	const { message, advice, free = true } = explainStatus(answer, request);
	const billed = isPaid(request) && (free ? NOT_BILLED : PERHAPS_BILLED);
	return new SegmindFailure(message, {
		...facts(request),
		httpStatus: answer.status,
		...(isPaid(request) && !free ? lost(answer) : {}),
		description: [billed, advice, quoteAnswer(answer)].filter(Boolean).join(' '),
	});
}

/** The failure for a request that got no answer, depending on what is known of its fate. */
export function explainNoAnswer(
	{ network, code, cause, sentAt }: NoAnswer,
	request: RequestContext,
): SegmindFailure {
	const unknown = isPaid(request) && network !== 'unreached' && network !== 'refused';
	const why = {
		unreached: 'Segmind could not be reached',
		refused: 'No secure connection to Segmind could be made',
		timeout: 'Segmind did not answer in time',
		broken: 'The connection to Segmind broke before the answer came',
		oversized: 'Segmind’s answer was far larger than it should be and was not read',
	}[network];
	const advice = unknown
		? `It is not known whether Segmind accepted the request: it may have been carried out and billed, so it was not repeated. Compare your balance and the generation history in the Segmind console before you run it again.`
		: `${isPaid(request) ? `${NOT_BILLED} ` : ''}Check the network of your n8n server and the endpoints of the credential, then run it again.`;
	return new SegmindFailure(
		`${why} (could not ${request.task})`,
		{
			...facts(request),
			...(unknown ? lost({ sentAt }) : {}),
			description: `${advice} Technical reason: ${code}`,
		},
		cause,
	);
}

/** Waits for the answer to a request and throws its failure unless `isGood` accepts it. */
export async function expectOk(
	sent: Promise<Answer | NoAnswer>,
	request: RequestContext,
	isGood: (answer: Answer) => boolean = ({ status }) => status >= 200 && status < 300,
): Promise<Answer> {
	const answer = await sent;
	if ('network' in answer) throw explainNoAnswer(answer, request);
	if (!isGood(answer)) throw explain(answer, request);
	return answer;
}

/** The failure for a success status with a body that makes no sense: what was done, and billed, is unknown. */
export function unreadable(answer: Answer, request: RequestContext): SegmindFailure {
	return new SegmindFailure(
		`Segmind’s answer could not be understood (could not ${request.task})`,
		{
			...facts(request),
			httpStatus: answer.status,
			...(isPaid(request) ? lost(answer) : {}),
			description: [
				isPaid(request) && PERHAPS_BILLED,
				quoteAnswer(answer) || 'The answer was empty.',
				answer.headers['x-request-id'] && `Request ${answer.headers['x-request-id']}`,
			]
				.filter(Boolean)
				.join(' '),
		},
	);
}

/** Of a paid request whose fate is unknown. */
function lost({ sentAt }: Pick<Answer, 'sentAt'>): FailureDetails {
	return { mayBeBilled: true, ...(sentAt === undefined ? {} : { sentAt }) };
}

function facts({ model, requestId }: RequestContext): FailureDetails {
	return { ...(model ? { model } : {}), ...(requestId ? { requestId } : {}) };
}
