import type { Advice } from './advice';
import { answererOf } from './answerer';
import { causeOf, contentTitle, CREDITS_TITLE } from './cause';
import { explainIntermediary } from './explainIntermediary';
import type { Explanation } from './explanation';
import { shorten } from './quote';
import { apiText, reasonOf } from './reason';
import { isCutOff, type Answer } from './request';
import type { RequestContext } from './requestContext';

const ENDPOINTS: Advice = {
	person: 'Check the endpoints of the Segmind credential.',
	agent: 'Tell the user that the Segmind credential points to the wrong server.',
};
const ELSEWHERE: Advice = {
	person: 'Check the endpoints of the Segmind credential: they seem to point elsewhere.',
	agent: ENDPOINTS.agent,
};

/** Maximum length of a reason in a title, in characters. */
const MAX_TITLE = 200;

/** Statuses that may be about missing credits. Source: documentation "Error codes" (406), and public clients. */
const ABOUT_CREDITS = new Set([400, 403, 406]);

export const ADD_CREDITS: Advice = {
	person: 'Add credits at cloud.segmind.com/billing, then run it again.',
	agent: 'Tell the user that the Segmind account needs more credits.',
};

export const CHANGE_CONTENT =
	'The model, or its maker, does not allow such content: change the prompt or the input files.';

/**
 * Explains an answer: by who wrote it, then by the cause in its words, then by its status. Source: Segmind documentation
 * "Error codes", "Rate limits", "Async inference".
 */
export function explainStatus(answer: Answer, request: RequestContext): Explanation {
	const { status } = answer;
	const answerer = answererOf(answer);
	const reason = apiText(answer);
	const cause = status < 400 ? undefined : causeOf(reason);
	const needsCredits = cause === 'credits' || isAboutCredits(status, reason);
	// Only Segmind mentions credits, be it in JSON or in plain text.
	const isForeign = answerer === 'proxy' || (answerer === 'unclear' && !needsCredits);
	const explanation = isForeign ? explainIntermediary(answer, request, answerer) : undefined;
	if (explanation) return explanation;
	const own = explainOwn(answer, request);
	if (cause === 'content' && status !== 401 && status !== 429) {
		const message = contentTitle(shorten(reason, MAX_TITLE));
		return { ...own, message, advice: CHANGE_CONTENT };
	}
	if (needsCredits) {
		return { ...own, message: CREDITS_TITLE, advice: ADD_CREDITS };
	}
	return own;
}

function isAboutCredits(status: number, reason: string): boolean {
	return ABOUT_CREDITS.has(status) && /\bcredits?\b/i.test(reason);
}

/** Explains Segmind's own answer by its status alone. */
function explainOwn(answer: Answer, request: RequestContext): Explanation {
	const { status, attempts } = answer;
	const { task, model, pixelFlow, requestId } = request;
	const tried = attempts > 1 ? `It was tried ${attempts} times. ` : '';
	if (request.kind === 'generate' && (status === 502 || status === 504 || isCutOff(answer))) {
		return {
			message: `Segmind gave up waiting for the model (could not ${task})`,
			free: false,
			advice: 'Use the mode Async for slow models.',
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
				advice: {
					person:
						'Open the Segmind credential and paste the key again, or create a new one at cloud.segmind.com/console/api-keys.',
					agent: 'Tell the user that the Segmind credential needs a valid API key.',
				},
			};
		case 402:
			return { message: CREDITS_TITLE, advice: ADD_CREDITS };
		case 403:
			return {
				message: model
					? `This Segmind account may not use the model "${model}"`
					: `This Segmind account is not allowed to ${task}`,
				advice: {
					person:
						'Check the plan and the team settings in the Segmind console, or choose another model.',
					agent: 'Tell the user, or use another model.',
				},
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
						'Copy the URL from the API tab of the PixelFlow again, and check that it belongs to this account.',
				};
			}
			return model
				? {
						message: `Segmind has no model named "${model}"`,
						advice: `Check the spelling; capitals matter. ${similarNames(request)}`.trim(),
					}
				: {
						message: `Segmind has no such endpoint (could not ${task})`,
						advice: ENDPOINTS,
					};
		case 405:
			return {
				message: `Segmind’s server does not accept this kind of request (could not ${task})`,
				advice: ELSEWHERE,
			};
		case 406:
			return {
				message: `Segmind refused the request (could not ${task})`,
				advice:
					'The model may not accept one of the values, or the team may have reached its spending limit.',
			};
		case 410:
			return {
				message: model
					? `Segmind has retired the model "${model}"`
					: `Segmind no longer offers this (could not ${task})`,
				advice: model ? `Choose another model. ${similarNames(request)}`.trim() : ENDPOINTS,
			};
		case 413:
			return {
				message: 'The request is too large for Segmind',
				advice:
					request.kind === 'read'
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
				advice: {
					person: `${tried}Lower Concurrency, raise Max Retries, or wait a minute and run it again.`,
					agent: `${tried}Wait a minute, then call again.`,
				},
			};
		case 500:
			return {
				message: `Segmind had an internal error (could not ${task})`,
				// A gateway's error page says nothing about the v1 call still running behind it.
				free: request.kind !== 'generate' || reasonOf(answer.json) !== undefined,
				advice: `${tried}Often a parameter has a value that the model cannot use: check the parameters, then run it again.`,
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
						? {
								person:
									'Redirects are not followed, because the API key would go with them. Check the endpoints of the credential; a proxy or a firewall that requires a sign-in redirects as well.',
								agent:
									'Tell the user that the requests of this n8n server are redirected elsewhere.',
							}
						: 'If it keeps happening, contact Segmind’s support.',
			};
	}
}

/** Computed only when needed: the search takes milliseconds. */
function similarNames({ nearModels }: RequestContext): string {
	const names = nearModels?.() ?? [];
	return names.length ? `Models with a similar name: ${names.join(', ')}.` : '';
}
