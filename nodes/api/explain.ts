import { SegmindFailure, type FailureDetails } from './failure';
import { isCutOff, NoAnswer, type Answer } from './request';
import type { RequestKind } from './retryRules';

/** What a request was for, so that its failure can say it. */
export interface Purpose {
	/** The work as a verb phrase, e.g. "generate the image", "look at job 1234". */
	task: string;
	model?: string;
	pixelFlow?: string;
	/** Models with a similar name, for a misspelt one. */
	nearModels?: readonly string[];
	requestId?: string;
	/** What it would cost to send the request twice; `submit` and `generate` start paid work. */
	kind: RequestKind;
}

const NOT_BILLED = 'Nothing was billed.';
const PERHAPS_BILLED =
	'It is not known whether the request was carried out: it may have been billed, so it was not repeated. Compare your balance before you run it again.';
const LONGEST_QUOTE = 1000;
const LONGEST_TITLE = 100;

interface Explanation {
	message: string;
	advice: string;
	/** False where no documentation says that nothing was billed. */
	free?: boolean;
}

/**
 * The failure for an answer that is none of the good ones: what happened, whether it was billed, what to do next, and
 * Segmind's own words. Source: Segmind documentation "Error codes", "Rate limits", "Async inference".
 */
export function explain(answer: Answer, purpose: Purpose): SegmindFailure {
	const { message, advice, free = true } = explainStatus(answer, purpose);
	const billed = isPaid(purpose) && (free ? NOT_BILLED : PERHAPS_BILLED);
	return new SegmindFailure(message, {
		...facts(purpose),
		httpStatus: answer.status,
		...(isPaid(purpose) && !free ? { mayBeBilled: true } : {}),
		description: [billed, advice, quote(answer)].filter(Boolean).join(' '),
	});
}

/** The failure for a request that got no answer, by what is known of its fate. */
export function explainNoAnswer({ network, code }: NoAnswer, purpose: Purpose): SegmindFailure {
	const unknown = isPaid(purpose) && network !== 'unreached' && network !== 'refused';
	const why = {
		unreached: 'Segmind could not be reached',
		refused: 'No secure connection to Segmind could be made',
		timeout: 'Segmind did not answer in time',
		broken: 'The connection to Segmind broke before the answer came',
		oversized: 'Segmind’s answer was far larger than it should be and was not read',
	}[network];
	const advice = unknown
		? `It is not known whether Segmind accepted the request: it may have been carried out and billed, so it was not repeated. Compare your balance and the generation history in the Segmind console before you run it again.`
		: `${isPaid(purpose) ? `${NOT_BILLED} ` : ''}Check the network of your n8n server and the endpoints of the credential, then run it again.`;
	return new SegmindFailure(`${why} (could not ${purpose.task})`, {
		...facts(purpose),
		...(unknown ? { mayBeBilled: true } : {}),
		description: `${advice} Technical reason: ${code}`,
	});
}

/** Runs a request and explains its failure; `isGood` tells which answers are handed on. */
export async function answerOf(
	sent: Promise<Answer>,
	purpose: Purpose,
	isGood: (answer: Answer) => boolean = ({ status }) => status >= 200 && status < 300,
): Promise<Answer> {
	let answer: Answer;
	try {
		answer = await sent;
	} catch (thrown) {
		throw thrown instanceof NoAnswer ? explainNoAnswer(thrown, purpose) : thrown;
	}
	if (!isGood(answer)) throw explain(answer, purpose);
	return answer;
}

/**
 * Segmind's own words in an error body: `error` (text or an object with `message`), `detail`, `message`,
 * `error_message`, `error_description`, then the raw text. Empty for an HTML page, which is a gateway's.
 */
export function apiText({ json, text }: Pick<Answer, 'json' | 'text'>): string {
	const said = reasonOf(json) ?? (isPage(text) ? '' : text.trim());
	return said.length > LONGEST_QUOTE ? `${said.slice(0, LONGEST_QUOTE)}…` : said;
}

/** The answer as a sentence: quoted, but a web page is only named. Empty for an empty answer. */
function quote(answer: Pick<Answer, 'json' | 'text'>): string {
	const said = apiText(answer);
	if (said) return `Segmind said: "${said}"`;
	if (!isPage(answer.text)) return '';
	const title = /<(title|h1)[^>]*>([^<]*)</i.exec(answer.text)?.[2]?.trim();
	return `The answer was a web page${title ? ` titled "${title.slice(0, LONGEST_TITLE)}"` : ''}.`;
}

function isPage(text: string): boolean {
	return /<html|<!doctype/i.test(text);
}

/** The reason in an error object of any of the documented shapes, or undefined; with the field where one is named. */
export function reasonOf(json: unknown): string | undefined {
	if (typeof json === 'string') return json.trim() || undefined;
	if (Array.isArray(json)) return json.map(reasonOf).filter(Boolean).join('; ') || undefined;
	if (typeof json !== 'object' || json === null) return undefined;
	const body = json as Record<string, unknown>;
	for (const key of ['error', 'detail', 'message', 'msg', 'error_message', 'error_description']) {
		const reason = reasonOf(body[key]);
		if (reason) return Array.isArray(body.loc) ? `${body.loc.join('.')}: ${reason}` : reason;
	}
	return undefined;
}

/** The failure for a good status with a body that makes no sense: what it did, and cost, is unknown. */
export function unreadable(answer: Answer, purpose: Purpose): SegmindFailure {
	return new SegmindFailure(
		`Segmind’s answer could not be understood (could not ${purpose.task})`,
		{
			...facts(purpose),
			httpStatus: answer.status,
			...(isPaid(purpose) ? { mayBeBilled: true } : {}),
			description: [
				isPaid(purpose) && PERHAPS_BILLED,
				quote(answer) || 'The answer was empty.',
				answer.headers['x-request-id'] && `Request ${answer.headers['x-request-id']}`,
			]
				.filter(Boolean)
				.join(' '),
		},
	);
}

/** The failure for an error that came with a good status: Segmind ran nothing, or nothing it would hand out. */
export function explainRefusal(answer: Answer, purpose: Purpose): SegmindFailure {
	const cost = answer.headers['x-cost'];
	return new SegmindFailure(`Segmind refused the request (could not ${purpose.task})`, {
		...facts(purpose),
		httpStatus: answer.status,
		mayBeBilled: true,
		description: [
			cost ? `Segmind reported a cost of $${cost}.` : '',
			'Change the prompt or the input and run it again.',
			`Segmind said: "${apiText(answer)}"`,
		]
			.filter(Boolean)
			.join(' '),
	});
}

function isPaid({ kind }: Purpose): boolean {
	return kind !== 'read';
}

function facts({ model, requestId }: Purpose): FailureDetails {
	return { ...(model ? { model } : {}), ...(requestId ? { requestId } : {}) };
}

function explainStatus(answer: Answer, purpose: Purpose): Explanation {
	const { status, attempts } = answer;
	const { task, model, nearModels = [], pixelFlow, requestId } = purpose;
	const near = nearModels.length ? `Models with a similar name: ${nearModels.join(', ')}.` : '';
	const tried = attempts > 1 ? `It was tried ${attempts} times. ` : '';
	if (purpose.kind === 'generate' && (status === 502 || status === 504 || isCutOff(answer))) {
		return {
			message: `Segmind gave up waiting for the model (could not ${task})`,
			free: false,
			advice: 'The mode Async is made for slow models.',
		};
	}
	switch (status) {
		case 400:
			return {
				message: `Segmind rejected the input (could not ${task})`,
				advice: 'Correct the field that Segmind names and run it again.',
			};
		case 401:
			return {
				message: 'Segmind did not accept the API key',
				advice:
					'Open the Segmind credential and paste the key again, or create a new one at cloud.segmind.com/console/api-keys.',
			};
		case 403:
			return {
				message: model
					? `This Segmind account may not use the model "${model}"`
					: `This Segmind account is not allowed to ${task}`,
				advice:
					'Check the plan and the team settings in the Segmind console, or choose another model.',
			};
		case 404:
			if (requestId) {
				return {
					message: `Segmind does not know the job ${requestId}`,
					advice:
						'The id is wrong, belongs to another account, or the job is older than one hour: Segmind forgets jobs one hour after submission.',
				};
			}
			if (pixelFlow) {
				return {
					message: `Segmind has no PixelFlow "${pixelFlow}"`,
					advice:
						'Copy the address from the API tab of the PixelFlow again, and check that it is of this account.',
				};
			}
			return model
				? {
						message: `Segmind has no model named "${model}"`,
						advice: `Check the spelling; capitals matter. ${near}`.trim(),
					}
				: {
						message: `Segmind has no such address (could not ${task})`,
						advice: 'Check the endpoints of the Segmind credential.',
					};
		case 405:
			return {
				message: `Segmind’s server does not take this kind of request (could not ${task})`,
				advice: 'Check the endpoints of the Segmind credential: they seem to lead elsewhere.',
			};
		case 406:
			return /credit/i.test(apiText(answer))
				? {
						message: 'Not enough Segmind credits',
						advice: 'Add credits at cloud.segmind.com/billing, then run it again.',
					}
				: {
						message: `Segmind refused the request (could not ${task})`,
						advice:
							'A value may be one that the model does not take, or a spending limit of the team was reached.',
					};
		case 410:
			return {
				message: model
					? `Segmind has retired the model "${model}"`
					: `Segmind no longer offers this (could not ${task})`,
				advice: model
					? `Choose another model. ${near}`.trim()
					: 'Check the endpoints of the Segmind credential.',
			};
		case 413:
			return {
				message: 'The request is too large for Segmind',
				advice:
					purpose.kind === 'read'
						? 'Use a smaller file, or fewer files at once.'
						: 'Use a smaller file, or give it as a URL.',
			};
		case 422:
			return {
				message: `Segmind found the input invalid (could not ${task})`,
				advice: 'Correct the field that Segmind names and run it again.',
			};
		case 429:
			return {
				message: 'Segmind’s rate limit was reached',
				advice: `${tried}Lower Concurrency, raise Max Retries, or wait a minute and run it again.`,
			};
		case 500:
			return {
				message: `Segmind had an internal error (could not ${task})`,
				// A gateway's page says nothing of a v1 call that was open behind it.
				free: purpose.kind !== 'generate' || reasonOf(answer.json) !== undefined,
				advice: `${tried}Often a parameter has a value that the model cannot use: check them, then run it again.`,
			};
		case 502:
		case 504:
			return {
				message: `Segmind’s gateway is not answering (could not ${task})`,
				advice: `${tried}Run it again later.`,
			};
		case 503:
			return {
				message: 'Segmind is overloaded at the moment',
				advice: `${tried}Run it again later.`,
			};
		default:
			return {
				message: `Segmind answered with the unexpected status ${status} (could not ${task})`,
				free: false,
				advice:
					status >= 300 && status < 400
						? 'Redirects are not followed, because the API key would go with them. Check the endpoints of the credential.'
						: 'If it happens again later, ask Segmind’s support.',
			};
	}
}
