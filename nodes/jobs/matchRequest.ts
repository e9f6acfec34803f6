import type { HistoryRequest } from '../api/historyRows';
import { digestOf, type SentRequest } from './sentRequest';

/**
 * How a request of the history compares with one that was sent:
 * - `same`: every key that was sent is in it with the same value, and it began after the sending
 * - `unclear`: nothing speaks against it, but something is missing (a row fills in late)
 * - `other`
 */
export type Fit = 'same' | 'unclear' | 'other';

/** How far Segmind's clock may be behind. */
const MAX_CLOCK_SKEW_MS = 5_000;
/** A request that began later than this after its answer was given up is another one; a cold model may queue for minutes. */
const MAX_DELAY_MS = 3600_000;

/**
 * Compares a request of the history with one that was sent.
 * @param maxDelayMs how long after its answer was given up it may have begun
 */
export function fitOf(request: HistoryRequest, sent: SentRequest, maxDelayMs = MAX_DELAY_MS): Fit {
	const { model, parameters, createdAt } = request;
	if (model !== null && model !== sent.model) return 'other';
	const isInTime =
		createdAt === null ||
		(createdAt >= earliestStart(sent) && createdAt <= sent.lostAt + maxDelayMs);
	if (!isInTime) return 'other';
	if (parameters === null) return createdAt === null || model === null ? 'other' : 'unclear';
	let fit: Fit = model === null || createdAt === null ? 'unclear' : 'same';
	for (const [key, digest] of Object.entries(sent.digests)) {
		if (!Object.hasOwn(parameters, key)) fit = 'unclear';
		else if (digestOf(parameters[key]) !== digest) return 'other';
	}
	return fit;
}

/** The first moment at which a request may have begun (wall-clock time). */
export function earliestStart({ sentAt }: SentRequest): number {
	return sentAt - MAX_CLOCK_SKEW_MS;
}

/** The last moment at which a request may have begun (wall-clock time). */
export function latestStart({ lostAt }: SentRequest): number {
	return lostAt + MAX_DELAY_MS;
}

/** What a list of the history holds for a request that was sent. */
export interface Matches {
	/** Those that match it in everything. */
	same: HistoryRequest[];
	/** Those that may turn out to match. */
	unclear: HistoryRequest[];
}

/** The requests of the history that may be the one that was sent; an ID known to this process belongs to another one. */
export function matchesOf(
	rows: readonly HistoryRequest[],
	sent: SentRequest,
	isKnown: (requestId: string) => boolean,
): Matches {
	const unknown = rows.filter(({ requestId }) => !isKnown(requestId));
	const fits = unknown.map((request) => ({ request, fit: fitOf(request, sent) }));
	const withFit = (expected: Fit) =>
		fits.flatMap(({ request, fit }) => (fit === expected ? [request] : []));
	return { same: withFit('same'), unclear: withFit('unclear') };
}

/**
 * The request of the history that was sent: the only one that matches it, and that matches no other request of this
 * process with an unknown ID. Undefined in case of doubt: nobody must be given someone else's result.
 * @param own those that can be looked up by their ID, which a teammate's cannot
 */
export function onlyMatch(
	own: readonly HistoryRequest[],
	others: readonly SentRequest[],
): HistoryRequest | undefined {
	const [request, ...more] = own;
	if (!request || more.length) return undefined;
	// Those whose answer has arrived or was given up cannot have begun later.
	return others.some((other) => fitOf(request, other, MAX_CLOCK_SKEW_MS) !== 'other')
		? undefined
		: request;
}
