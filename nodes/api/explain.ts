import { describe, type Advice } from './advice';
import { answererOf } from './answerer';
import { explainStatus } from './explainStatus';
import { SegmindFailure, type FailureDetails } from './failure';
import type { NetworkFailure } from './networkFailure';
import { apiText, isPage, quoteAnswer } from './reason';
import type { Answer, NoAnswer } from './request';
import { isPaid, type RequestContext } from './requestContext';

const NOT_BILLED = 'Nothing was billed.';
const LOOK_FIRST =
	'so it was not repeated. Look for it with Segmind Get History, or check your balance, before you run it again.';
const PERHAPS_BILLED = `It is not known whether the request was carried out: it may have been billed, ${LOOK_FIRST}`;
const UNKNOWN_FATE = `It is not known whether Segmind accepted the request: it may have been carried out and billed, ${LOOK_FIRST}`;
/** What happened, by the reason why no answer came. */
const NO_ANSWER: Record<NetworkFailure, string> = {
	unreached: 'Segmind could not be reached',
	refused: 'No secure connection to Segmind could be made',
	timeout: 'Segmind did not answer in time',
	broken: 'The connection to Segmind broke before an answer arrived',
	oversized: 'Segmind’s answer was far larger than it should be and was not read',
};
const NETWORK: Advice = {
	person:
		'Check the network of your n8n server, its proxy settings (HTTP_PROXY, HTTPS_PROXY, NO_PROXY) and the endpoints of the credential, then run it again.',
	agent: 'Tell the user that this n8n server cannot reach Segmind.',
};
/** A proxy or firewall that inspects https presents a certificate of its own. Source: Node's error codes. */
const CERTIFICATE: Advice = {
	person:
		'A proxy or a firewall that inspects https presents its own certificate, which n8n does not trust: give n8n its root certificate with NODE_EXTRA_CA_CERTS, or exclude Segmind’s hosts from the inspection.',
	agent: 'Tell the user that this n8n server does not trust the certificate that it receives.',
};
const CERTIFICATE_CODES = /CERT|SELF_SIGNED|UNABLE_TO_/;

/**
 * The failure for an error answer: what happened, whether it was billed, what to do next, and Segmind's own words.
 * Source: Segmind documentation "Error codes", "Rate limits", "Async inference".
 */
export function explain(answer: Answer, request: RequestContext): SegmindFailure {
	const { message, advice, free = true } = explainStatus(answer, request);
	const billed = isPaid(request) && (free ? NOT_BILLED : PERHAPS_BILLED);
	const isInMessage = message.endsWith(apiText(answer)) && apiText(answer) !== '';
	return new SegmindFailure(message, {
		...facts(request),
		httpStatus: answer.status,
		...(isPaid(request) && !free ? unknownFate(answer) : {}),
		...describe(
			billed,
			advice,
			!isInMessage && quoteAnswer(answer, answererOf(answer) === 'segmind'),
		),
	});
}

/** The failure of a request that got no answer, depending on what is known of its fate. */
export function explainNoAnswer(
	{ network, code, address, cause, sentAt }: NoAnswer,
	request: RequestContext,
): SegmindFailure {
	const unknown = isPaid(request) && network !== 'unreached' && network !== 'refused';
	const isCertificate = network === 'refused' && CERTIFICATE_CODES.test(code);
	return new SegmindFailure(
		`${NO_ANSWER[network]} (could not ${request.task})`,
		{
			...facts(request),
			...(unknown ? unknownFate({ sentAt }) : {}),
			...describe(
				unknown ? UNKNOWN_FATE : isPaid(request) && NOT_BILLED,
				!unknown && (isCertificate ? CERTIFICATE : NETWORK),
				`Technical reason: ${[code, address].filter(Boolean).join(' ')}`,
			),
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

/** The failure of a request answered with a success status and a meaningless body: what was done, and billed, is unknown. */
export function unreadable(answer: Answer, request: RequestContext): SegmindFailure {
	const isForeignPage = isPage(answer.text) && answererOf(answer) !== 'segmind';
	const { 'x-request-id': requestId } = answer.headers;
	return new SegmindFailure(
		isForeignPage
			? `A web page came instead of Segmind’s answer (could not ${request.task})`
			: `Segmind’s answer could not be understood (could not ${request.task})`,
		{
			...facts(request),
			httpStatus: answer.status,
			...(isPaid(request) ? unknownFate(answer) : {}),
			...describe(
				isPaid(request) && PERHAPS_BILLED,
				isForeignPage && {
					person: `A proxy or a firewall may require a sign-in, or may block Segmind. ${NETWORK.person}`,
					agent: NETWORK.agent,
				},
				quoteAnswer(answer, answererOf(answer) === 'segmind') || 'The answer was empty.',
				requestId && `Request ${requestId}`,
			),
		},
	);
}

/** The details of a paid request whose fate is unknown. */
function unknownFate({ sentAt }: Pick<Answer, 'sentAt'>): FailureDetails {
	return { mayBeBilled: true, ...(sentAt === undefined ? {} : { sentAt }) };
}

function facts({ model, requestId }: RequestContext): FailureDetails {
	return { ...(model ? { model } : {}), ...(requestId ? { requestId } : {}) };
}
