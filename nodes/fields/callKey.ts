import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import type { InputFileRow } from './inputFiles';

/**
 * Under what a paid call is known when n8n tries the node again: its item and a hash of all that is sent. Taken before a
 * random seed is made concrete, which differs from try to try.
 */
export function callKey(
	itemIndex: number,
	target: string,
	body: IDataObject,
	inputFiles: InputFileRow[],
): string {
	const files = inputFiles.map(({ parameter, sendAs, binary }) => [
		parameter,
		sendAs,
		binary.id ?? binary.data,
	]);
	const text = JSON.stringify([target, body, files]);
	return `${itemIndex}:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
