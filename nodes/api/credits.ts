import type { Connection } from './connection';
import { answerOf, apiText, unreadable, type Purpose } from './explain';
import { asNumber } from './outputs';
import { send } from './request';

/** The balance of the key's team, in US dollars. */
export interface Credits {
	credits: number;
	freeCredits: number;
	totalCredits: number;
}

const TIMEOUT_MS = 60_000;
const PURPOSE: Purpose = { kind: 'read', task: 'read the balance' };

/**
 * GET /v1/get-user-credits. A 404 "No credits found" is a valid key without a balance record: nothing, not a failure.
 * Source: Segmind documentation "Account and billing APIs".
 */
export async function getCredits(connection: Connection): Promise<Credits> {
	const answer = await answerOf(
		send(connection, {
			kind: 'read',
			method: 'GET',
			url: `${connection.hosts.baseUrl}/v1/get-user-credits`,
			timeoutMs: TIMEOUT_MS,
		}),
		PURPOSE,
		(one) => one.status === 200 || (one.status === 404 && /no credits found/i.test(apiText(one))),
	);
	if (answer.status === 404) return { credits: 0, freeCredits: 0, totalCredits: 0 };
	const body = (answer.json ?? {}) as Record<string, unknown>;
	const credits = asNumber(body.credits);
	if (credits === null) throw unreadable(answer, PURPOSE);
	const freeCredits = asNumber(body['free-credits'] ?? body.free_credits) ?? 0;
	// Sums of dollars in binary fractions end in noise such as 41.130792099999995.
	return { credits, freeCredits, totalCredits: Number((credits + freeCredits).toFixed(8)) };
}
