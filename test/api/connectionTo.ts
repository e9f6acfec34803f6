/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { connect, type Connection } from '../../nodes/api/connection';
import type { Simulator, SimulatorCredential } from '../simulator/simulator';

export interface ConnectionOptions {
	concurrency?: number;
	maxRetries?: number;
	cancel?: AbortSignal;
	/** More of what n8n hands to a node. */
	context?: Partial<IExecuteFunctions>;
}

/** A run's connection to a simulator, over HTTP but without n8n: for what lies below the nodes. */
export async function connectionTo(
	{ credential }: Pick<Simulator, 'credential'>,
	{ concurrency = 5, maxRetries = 0, cancel, context }: ConnectionOptions = {},
): Promise<Connection> {
	const helpers = {
		httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) =>
			await exchange(options, credential, cancel),
		...context?.helpers,
	};
	const given = {
		getCredentials: async () => credential,
		getExecutionCancelSignal: () => cancel,
		...context,
		helpers,
	};
	return await connect(given as unknown as IExecuteFunctions, { concurrency, maxRetries });
}

/** What n8n's helper does with the options that this package gives it. */
async function exchange(
	{ url, method, headers, body, timeout }: IHttpRequestOptions,
	{ apiKey }: SimulatorCredential,
	signal: AbortSignal | undefined,
) {
	const answer = await new Promise<IncomingMessage>((resolve, reject) => {
		const sent = request(
			url,
			{ method, headers: { ...headers, 'x-api-key': apiKey }, timeout, signal },
			resolve,
		);
		sent.on('error', reject);
		sent.on('timeout', () => sent.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
		if (body instanceof Readable) body.pipe(sent);
		else sent.end(body);
	});
	return { statusCode: answer.statusCode, headers: answer.headers, body: answer };
}
