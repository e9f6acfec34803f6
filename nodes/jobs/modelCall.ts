import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../api/inference';
import type { InputFile, SentFile } from '../media/inputFile';

/** A validated model call, with warnings that do not stop it. */
export interface ModelCall extends Call {
	/** See `callKey`. */
	key: string;
	/** The catalogue's average duration, in seconds; null if unknown. */
	averageSeconds: number | null;
	/** The catalogue's average price of one request, in US dollars; null if unknown. */
	averageUsd: number | null;
	/** How many images the request asks for; 1 for anything else. */
	images: number;
	/** Whether the user asked for a random seed. */
	hasRandomSeed: boolean;
	/** Whether only an estimate is requested, and nothing may be sent. */
	estimateOnly: boolean;
	/** How many days back an equal request is reused; 0 for never. */
	reuseDays: number;
	/** The item's files, inserted into the body on sending. */
	inputFiles: InputFile[];
	/** See `withInputFiles`. */
	maxBytes?: number;
	/** See `withInputFiles`. */
	bodyWith?: (files: readonly SentFile[]) => IDataObject;
	/** The user's prompt; null if the model takes none. */
	prompt: string | null;
	warnings: string[];
}

/**
 * Identifies a paid call when n8n retries the node: its item, a colon and a hash of everything that is sent. Computed
 * before a random seed is drawn, which differs from try to try.
 * @param target the model's slug, or the PixelFlow's path
 */
export function callKey(
	itemIndex: number,
	target: string,
	body: IDataObject,
	inputFiles: readonly InputFile[],
): string {
	const files = inputFiles.map(({ parameter, sendAs, source }) => [
		parameter,
		sendAs,
		'url' in source ? source.url : (source.binary.id ?? source.binary.data),
	]);
	const text = JSON.stringify([target, body, files]);
	return `${itemIndex}:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}

/** The index of the item that a call belongs to. */
export function itemOfKey(key: string): number {
	return Number(key.split(':')[0]);
}
