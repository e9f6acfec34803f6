import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

/** A paid request whose answer was lost, in the form used to search the request history; small enough to be saved. */
export interface SentRequest {
	/** The model's slug, or the PixelFlow's path. */
	model: string;
	/** A digest of each value that was sent, by its key: values may be whole files. */
	digests: Record<string, string>;
	/** When it was sent, and when its answer was given up (wall-clock times). */
	sentAt: number;
	lostAt: number;
	/** Its ID, if the part of its answer that arrived contains it. */
	requestId?: string;
}

/** Requests longer than this are not compared, in characters: a list of the history would hardly hold them. */
const MAX_COMPARED = 1024 * 1024;

/** The digest of each value of a request's body; undefined for a body too large to be found again. */
export function digestsOf(body: IDataObject): Record<string, string> | undefined {
	const sent = Object.entries(body).filter(([, value]) => value !== undefined);
	if (sent.reduce((sum, [, value]) => sum + lengthOf(value), 0) > MAX_COMPARED) return undefined;
	return Object.fromEntries(sent.map(([key, value]) => [key, digestOf(value)]));
}

/** Equal for values that are equal as JSON, whatever the order of their keys. */
export function digestOf(value: unknown): string {
	const text = JSON.stringify(sorted(value)) ?? 'null';
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	// A date, which an expression may give, is sent as a text.
	const { toJSON } = value as { toJSON?: unknown };
	if (typeof toJSON === 'function') return sorted(toJSON.call(value));
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function lengthOf(value: unknown): number {
	if (typeof value === 'string') return value.length;
	if (typeof value !== 'object' || value === null) return 1;
	return Object.values(value).reduce((sum: number, inner) => sum + lengthOf(inner), 0);
}
