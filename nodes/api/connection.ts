import type { ICredentialsDecrypted, IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

import { SegmindFailure } from './failure';
import { KeyedState } from './keyedState';
import { RateLimiter, type RunLimiter } from './rateLimiter';
import { Semaphore } from './semaphore';
import { stripEnd } from './strip';

/** The hosts the key may be sent to, without a trailing slash. */
export interface Hosts {
	/** Runs models, holds jobs, reports the balance. */
	baseUrl: string;
	/** Receives uploads. */
	storageUrl: string;
	/**
	 * Serves the key's request history, and the model list (without the key). Reading it throws a failure for an invalid
	 * Platform URL: a node that does not use the history works without it.
	 */
	readonly platformUrl: string;
}

/** What n8n hands to a node's run or to a trigger's poll. */
export type AnyContext = IExecuteFunctions | IPollFunctions;

/** Identifies the account that a process's shared knowledge of jobs belongs to. */
export interface Account {
	hosts: Pick<Hosts, 'baseUrl'>;
	apiKey: string;
}

/** What all requests of one node run share. */
export interface Connection<Context extends AnyContext = IExecuteFunctions> {
	context: Context;
	hosts: Hosts;
	apiKey: string;
	/** The credential as it was when the run began: n8n would look it up and decrypt it again for every request. */
	credential: ICredentialsDecrypted;
	/** Fires when the user presses Stop. */
	cancel: AbortSignal | undefined;
	/** The run's access to the rate limiter of a URL's host, which all runs with the same key share. */
	rateLimiterFor: (url: string) => RunLimiter;
	/** Limits concurrent file transfers separately, so that they do not hold up requests. */
	fileTransfers: Semaphore;
	maxRetries: number;
	/** Maximum number of requests in flight. */
	concurrency: number;
}

const DEFAULT_HOSTS: Hosts = {
	baseUrl: 'https://api.segmind.com',
	storageUrl: 'https://workflows-api.segmind.com',
	platformUrl: 'https://api.spotprod.segmind.com',
};

/** Opens the connection of one run with the node's Segmind credential. Throws a failure for an invalid credential. */
export async function connect<Context extends AnyContext>(
	context: Context,
	{ concurrency, maxRetries }: { concurrency: number; maxRetries: number },
): Promise<Connection<Context>> {
	const data = await context.getCredentials('segmindApi');
	const apiKey = String(data.apiKey ?? '').trim();
	if (!apiKey) {
		throw new SegmindFailure('The Segmind credential has no API key', {
			description:
				'Nothing was sent. Open the credential and paste the key from cloud.segmind.com/console/api-keys',
		});
	}
	// A poll cannot be stopped.
	const cancel =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return {
		context,
		apiKey,
		credential: { id: '', name: '', type: 'segmindApi', data },
		hosts: data.customEndpoints
			? {
					baseUrl: readHost('Base URL', data.baseUrl, DEFAULT_HOSTS.baseUrl),
					storageUrl: readHost('Storage URL', data.storageUrl, DEFAULT_HOSTS.storageUrl),
					get platformUrl() {
						return readHost('Platform URL', data.catalogUrl, DEFAULT_HOSTS.platformUrl);
					},
				}
			: DEFAULT_HOSTS,
		cancel,
		rateLimiterFor: runLimiters(apiKey, concurrency, cancel),
		fileTransfers: new Semaphore(concurrency),
		concurrency,
		maxRetries,
	};
}

/** One rate limiter per host and key, so that a limit on one does not hold up the other. */
const rateLimiters = new KeyedState(
	() => new RateLimiter(),
	({ isBusy }) => isBusy,
);

/** A run's access to the rate limiters of its key; looked up before each request, so that none in use is forgotten. */
function runLimiters(
	apiKey: string,
	concurrency: number,
	cancel: AbortSignal | undefined,
): (url: string) => RunLimiter {
	const runLimiterOf = new WeakMap<RateLimiter, RunLimiter>();
	return (url) => {
		const rateLimiter = rateLimiters.of(new URL(url).origin, apiKey);
		const runLimiter = runLimiterOf.get(rateLimiter) ?? rateLimiter.forRun(concurrency, cancel);
		runLimiterOf.set(rateLimiter, runLimiter);
		return runLimiter;
	};
}

/** Accepts what people paste: a trailing slash, or the URL including the /v1 of the documentation's examples. */
function readHost(label: string, value: unknown, defaultUrl: string): string {
	const text = String(value ?? '').trim() || defaultUrl;
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
		throw new SegmindFailure(`The ${label} of the Segmind credential is not a valid URL`, {
			description: `Nothing was sent. It should look like ${defaultUrl}`,
		});
	}
	return stripEnd(stripEnd(text, '/').replace(/\/v[12]$/, ''), '/');
}
