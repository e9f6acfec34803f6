import { apiText, reasonOf } from './reason';
import { isCutOff, type Answer } from './request';
import type { RequestContext } from './requestContext';

/** What an HTTP status means for the user. */
export interface Explanation {
	message: string;
	advice: string;
	/** False unless the documentation says that nothing was billed. */
	free?: boolean;
}

/**
 * Explains an answer by its status and, where that is not enough, by its text. Source: Segmind documentation "Error
 * codes", "Rate limits", "Async inference".
 */
export function explainStatus(answer: Answer, request: RequestContext): Explanation {
	const { status, attempts } = answer;
	const { task, model, pixelFlow, requestId } = request;
	const tried = attempts > 1 ? `It was tried ${attempts} times. ` : '';
	if (request.kind === 'generate' && (status === 502 || status === 504 || isCutOff(answer))) {
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
						advice: `Check the spelling; capitals matter. ${similarNames(request)}`.trim(),
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
					? `Choose another model. ${similarNames(request)}`.trim()
					: 'Check the endpoints of the Segmind credential.',
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
				advice: `${tried}Lower Concurrency, raise Max Retries, or wait a minute and run it again.`,
			};
		case 500:
			return {
				message: `Segmind had an internal error (could not ${task})`,
				// A gateway's error page says nothing about the v1 call still open behind it.
				free: request.kind !== 'generate' || reasonOf(answer.json) !== undefined,
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

/** Computed only when needed: the search takes milliseconds. */
function similarNames({ nearModels }: RequestContext): string {
	const names = nearModels?.() ?? [];
	return names.length ? `Models with a similar name: ${names.join(', ')}.` : '';
}
