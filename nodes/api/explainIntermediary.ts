import type { Advice } from './advice';
import type { Answerer } from './answerer';
import type { Explanation } from './explanation';
import { isCutOff, type Answer } from './request';
import type { RequestContext } from './requestContext';

const PROXY_SETTINGS: Advice = {
	person:
		'Check the proxy settings of your n8n server (HTTP_PROXY, HTTPS_PROXY, NO_PROXY), and whether the proxy works.',
	agent: 'Tell the user that the proxy of this n8n server does not work.',
};
const LET_THROUGH: Advice = {
	person:
		'Ask whoever runs your network to let your n8n server reach Segmind’s hosts: api.segmind.com, workflows-api.segmind.com and images.segmind.com.',
	agent: 'Tell the user that the network of this n8n server blocks Segmind.',
};
const PASSWORD: Advice = {
	person:
		'Put the user name and the password into the proxy settings of your n8n server, such as HTTPS_PROXY=http://name:password@proxy:3128.',
	agent: 'Tell the user that the proxy of this n8n server requires a password.',
};
const SIGN_IN: Advice = {
	person:
		'Sign in to the network that your n8n server is in, or ask whoever runs it to let the server through.',
	agent: 'Tell the user that the network of this n8n server requires a sign-in.',
};
const REDIRECT: Advice = {
	person:
		'Redirects are not followed, because the API key would go with them. A proxy or a firewall that requires a sign-in redirects, and so does a wrong endpoint of the credential: check both.',
	agent: 'Tell the user that the requests of this n8n server are redirected elsewhere.',
};
const ENDPOINTS: Advice = {
	person:
		'Check the endpoints of the Segmind credential, and the proxy settings of your n8n server (HTTP_PROXY, HTTPS_PROXY, NO_PROXY).',
	agent: 'Tell the user that the requests of this n8n server do not reach Segmind.',
};
const LATER =
	'Run it again later; if it keeps failing, check the proxy settings of your n8n server.';

/** Statuses that a filter also substitutes for an answer that has already arrived. */
const FILTERED = new Set([403, 451]);

/** A gateway that got no answer from upstream: 502, 504, and Cloudflare's own statuses. Source: Cloudflare, "5xx errors". */
function isGatewayFailure(status: number): boolean {
	return status === 502 || status === 504 || (status >= 520 && status <= 530);
}

/**
 * Explains an answer that is not Segmind's own, but comes from an intermediary: a proxy that did not forward the request,
 * or a proxy, a firewall or a gateway on the way. Undefined for a status that means the same whoever sends it.
 */
export function explainIntermediary(
	answer: Answer,
	{ task, kind, model }: RequestContext,
	answerer: Exclude<Answerer, 'segmind'>,
): Explanation | undefined {
	const { status, attempts } = answer;
	const tried = attempts > 1 ? `It was tried ${attempts} times. ` : '';
	const later = { person: `${tried}${LATER}`, agent: `${tried}Call again later.` };
	const could = `(could not ${task})`;
	if (answerer === 'proxy') {
		if (status === 407) {
			return {
				message: `The proxy of this n8n asks for a user name and a password ${could}`,
				advice: PASSWORD,
			};
		}
		if (status === 511) {
			return {
				message: `The network of this n8n asks for a sign-in ${could}`,
				advice: SIGN_IN,
			};
		}
		return status < 500
			? { message: `A proxy does not let this n8n reach Segmind ${could}`, advice: LET_THROUGH }
			: { message: `A proxy could not reach Segmind ${could}`, advice: PROXY_SETTINGS };
	}
	// A 5xx on a v2 submit proves that no job was accepted, whoever sends it; a v1 call may still be running behind it.
	const free = kind !== 'generate';
	if (isGatewayFailure(status) || (isCutOff(answer) && !free)) {
		return {
			message: free
				? `Segmind’s gateway, or a proxy on the way, is not answering ${could}`
				: `Segmind’s gateway, or a proxy on the way, gave up ${could}`,
			free,
			advice: free
				? later
				: {
						person: `Either Segmind’s gateway gave up waiting for the model, or a proxy on the way failed. ${model ? 'Use the mode Async for slow models; if' : 'If'} quick ones fail as well, check the proxy settings of your n8n server (HTTP_PROXY, HTTPS_PROXY, NO_PROXY).`,
						agent:
							'Either Segmind’s gateway gave up waiting for the model, or a proxy on the way failed.',
					},
		};
	}
	switch (status) {
		case 402:
		case 405:
		case 413:
			return undefined;
		case 500:
			return {
				message: `A proxy, a firewall or Segmind’s gateway reported an internal error ${could}`,
				free,
				advice: later,
			};
		case 503:
			return {
				message: `Segmind’s gateway, or a proxy on the way, is overloaded ${could}`,
				advice: later,
			};
		case 429:
			return {
				message: `A proxy or a gateway on the way received too many requests ${could}`,
				advice: {
					person: `${tried}Lower Concurrency, or wait a minute and run it again.`,
					agent: `${tried}Wait a minute, then call again.`,
				},
			};
		default:
	}
	if (status < 300) return undefined;
	if (status < 400) {
		return {
			message: `A redirect came instead of Segmind’s answer, with status ${status} ${could}`,
			free: false,
			advice: REDIRECT,
		};
	}
	if (FILTERED.has(status)) {
		return {
			message: `A proxy or a firewall refused the request ${could}`,
			// Most stop a request on its way out, but some inspect only the answer.
			free: false,
			advice: LET_THROUGH,
		};
	}
	return {
		message: `A proxy, a firewall or a wrong host answered instead of Segmind, with status ${status} ${could}`,
		free: status < 500 && status !== 408,
		advice: ENDPOINTS,
	};
}
