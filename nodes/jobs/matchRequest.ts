import type { HistoryRequest } from '../api/historyRows';
import { digestOf, type SentRequest } from './sentRequest';

/**
 * How a request of the history compares with one that was sent:
 * - `same`: every key that was sent is in it with the same value, and it began after the sending
 * - `unclear`: nothing speaks against it, but something is missing (a row fills in late)
 * - `other`
 */
export type Fit = 'same' | 'unclear' | 'other';

/** By how much Segmind's clock may be behind. */
const CLOCK_MS = 5_000;
/** A request that began longer after its answer was given up is a later one; a cold model may queue for minutes. */
const MAX_LATE_MS = 3600_000;

/**
 * Compares a request of the history with one that was sent.
 * @param maxLateMs how long after its answer was given up it may have begun
 */
export function fitOf(row: HistoryRequest, sent: SentRequest, maxLateMs = MAX_LATE_MS): Fit {
	const { model, parameters, createdAt } = row;
	if (model !== null && model !== sent.model) return 'other';
	const isInTime =
		createdAt === null ||
		(createdAt >= earliestStart(sent) && createdAt <= sent.lostAt + maxLateMs);
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
	return sentAt - CLOCK_MS;
}

/** The last moment at which a request may have begun (wall-clock time). */
export function latestStart({ lostAt }: SentRequest): number {
	return lostAt + MAX_LATE_MS;
}

/** What a list of the history holds for a request that was sent. */
export interface Matches {
	/** Those that are like it. */
	same: HistoryRequest[];
	/** Those that may turn out to be like it. */
	unclear: HistoryRequest[];
}

/** The requests of the history that may be the one that was sent; an ID that this process knows belongs to another. */
export function matchesOf(
	rows: readonly HistoryRequest[],
	sent: SentRequest,
	isKnown: (requestId: string) => boolean,
): Matches {
	const unknown = rows.filter(({ requestId }) => !isKnown(requestId));
	const fits = unknown.map((row) => ({ row, fit: fitOf(row, sent) }));
	const of = (wanted: Fit) => fits.flatMap(({ row, fit }) => (fit === wanted ? [row] : []));
	return { same: of('same'), unclear: of('unclear') };
}

/**
 * The request of the history that was sent: the only one like it, and like no other request of this process whose ID is
 * not known. Undefined if another one could be it as well: nobody is given someone else's result.
 * @param own those that were found by their ID, which a team mate's are not
 */
export function onlyMatch(
	own: readonly HistoryRequest[],
	others: readonly SentRequest[],
): HistoryRequest | undefined {
	const [row, ...more] = own;
	if (!row || more.length) return undefined;
	// Of those whose answer has come or was given up, none begins later.
	return others.some((other) => fitOf(row, other, CLOCK_MS) !== 'other') ? undefined : row;
}
