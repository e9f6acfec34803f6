import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../api/inference';
import type { InputFile, SentFile } from '../media/inputFile';

/** A checked model call, and what may be wrong with it without stopping it. */
export interface ModelCall extends Call {
	/** See `callKey`. */
	key: string;
	/** The catalogue's average duration, in seconds; null when nobody knows. */
	averageSeconds: number | null;
	/** Files of the item, put into the body when it is sent. */
	inputFiles: InputFile[];
	/** See `withInputFiles`. */
	bodyWith?: (files: readonly SentFile[]) => IDataObject;
	/** What the user asked for in words; null where the model is given none. */
	prompt: string | null;
	warnings: string[];
}

/**
 * Under what a paid call is known when n8n tries the node again: its item, a colon and a hash of all that is sent. Taken before a
 * random seed is made concrete, which differs from try to try.
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

/** The number of the item that a call belongs to. */
export function itemOfKey(key: string): number {
	return Number(key.split(':')[0]);
}
