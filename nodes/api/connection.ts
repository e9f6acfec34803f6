import type { IExecuteFunctions } from 'n8n-workflow';

import { SegmindFailure } from './failure';
import { RateLimiter } from './rateLimiter';
import { Semaphore } from './semaphore';

/** The hosts the key may be sent to, without a trailing slash. */
export interface Hosts {
	/** Runs models, holds jobs, reports the balance. */
	baseUrl: string;
	/** Receives uploads. */
	storageUrl: string;
}

/** What all requests of one node run share. */
export interface Connection {
	context: IExecuteFunctions;
	hosts: Hosts;
	apiKey: string;
	/** Fires when the user presses Stop. */
	cancel: AbortSignal | undefined;
	/** The rate limiter of a URL's host. */
	rateLimiterFor: (url: string) => RateLimiter;
	/** Limits concurrent file transfers separately, so that they do not hold up requests. */
	fileTransfers: Semaphore;
	maxRetries: number;
	/** Maximum number of requests in flight. */
	concurrency: number;
}

const DEFAULT_HOSTS: Hosts = {
	baseUrl: 'https://api.segmind.com',
	storageUrl: 'https://workflows-api.segmind.com',
};

/** Opens the connection of one run with the node's Segmind credential. Throws a failure for an invalid credential. */
export async function connect(
	context: IExecuteFunctions,
	{ concurrency, maxRetries }: { concurrency: number; maxRetries: number },
): Promise<Connection> {
	const credential = await context.getCredentials('segmindApi');
	const apiKey = String(credential.apiKey ?? '').trim();
	if (!apiKey) {
		throw new SegmindFailure('The Segmind credential holds no API key', {
			description:
				'Nothing was sent. Open the credential and paste the key from cloud.segmind.com/console/api-keys',
		});
	}
	return {
		context,
		apiKey,
		hosts: credential.customEndpoints
			? {
					baseUrl: readHost('Base URL', credential.baseUrl, DEFAULT_HOSTS.baseUrl),
					storageUrl: readHost('Storage URL', credential.storageUrl, DEFAULT_HOSTS.storageUrl),
				}
			: DEFAULT_HOSTS,
		cancel: context.getExecutionCancelSignal(),
		rateLimiterFor: rateLimiters(concurrency),
		fileTransfers: new Semaphore(concurrency),
		concurrency,
		maxRetries,
	};
}

/** One rate limiter per host, so that a limit on one does not hold up the other. */
function rateLimiters(concurrency: number): (url: string) => RateLimiter {
	const byOrigin = new Map<string, RateLimiter>();
	return (url) => {
		const { origin } = new URL(url);
		const rateLimiter = byOrigin.get(origin) ?? new RateLimiter(concurrency);
		byOrigin.set(origin, rateLimiter);
		return rateLimiter;
	};
}

/** Accepts what people paste: a trailing slash, or the URL including the /v1 of the documentation's examples. */
function readHost(label: string, value: unknown, standard: string): string {
	const text = String(value ?? '').trim() || standard;
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
		throw new SegmindFailure(`The ${label} of the Segmind credential is not a web address`, {
			description: `Nothing was sent. It should look like ${standard}`,
		});
	}
	return text.replace(/\/+(v[12]\/*)?$/, '');
}
