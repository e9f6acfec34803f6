import type { Connection } from './connection';
import { expectOk, unreadable } from './explain';
import { asNumber } from './number';
import { apiText } from './reason';
import { send } from './request';
import type { RequestContext } from './requestContext';
import { CREDITS_TIMEOUT_MS } from './timeouts';

/** The balance of the key's team, in US dollars. */
export interface Credits {
	credits: number;
	freeCredits: number;
	totalCredits: number;
}

const REQUEST: RequestContext = { kind: 'read', task: 'read the balance' };

/**
 * GET /v1/get-user-credits. A 404 "No credits found" means a valid key without a balance record: a balance of zero, not
 * a failure. Source: Segmind documentation "Account and billing APIs".
 */
export async function getCredits(connection: Connection): Promise<Credits> {
	const answer = await expectOk(
		send(connection, {
			kind: 'read',
			method: 'GET',
			url: `${connection.hosts.baseUrl}/v1/get-user-credits`,
			timeoutMs: CREDITS_TIMEOUT_MS,
		}),
		REQUEST,
		(response) =>
			response.status === 200 ||
			(response.status === 404 && /no credits found/i.test(apiText(response))),
	);
	if (answer.status === 404) return { credits: 0, freeCredits: 0, totalCredits: 0 };
	const body = (answer.json ?? {}) as Record<string, unknown>;
	const credits = asNumber(body.credits);
	if (credits === null) throw unreadable(answer, REQUEST);
	const freeCredits = asNumber(body['free-credits'] ?? body.free_credits) ?? 0;
	// Dollar sums in floating point end in noise such as 41.130792099999995.
	return { credits, freeCredits, totalCredits: Number((credits + freeCredits).toFixed(8)) };
}
