import { createHash } from 'node:crypto';
import type { Call } from '../routes';
import type { Answer } from '../types';
import type { World } from '../world';

/** GET and HEAD on images.segmind.com: public files, whole or in ranges. */
export async function file(world: World, { record }: Call): Promise<Answer> {
	const stored = world.files.get(record.path.split('?')[0] ?? '');
	if (!stored || stored.expiresAt <= world.time.now()) return noSuchKey();
	const body = await stored.make();
	const etag = createHash('sha1').update(body.subarray(0, 65_536)).digest('hex').slice(0, 32);
	const headers = {
		'content-type': stored.contentType,
		'accept-ranges': 'bytes',
		etag: `"${etag}-${body.length}"`,
		'cache-control': 'public, max-age=31536000',
	};
	const range = rangeOf(record.headers.range, body.length);
	if (!range) return { status: 200, headers, body };
	if (range === 'unsatisfiable') {
		const refused = { ...headers, 'content-range': `bytes */${body.length}` };
		return { status: 416, headers: refused, body: Buffer.alloc(0) };
	}
	const span = `bytes ${range.first}-${range.last}/${body.length}`;
	return {
		status: 206,
		headers: { ...headers, 'content-range': span },
		body: body.subarray(range.first, range.last + 1),
	};
}

/** A single byte range; anything else is ignored, as the RFC allows. */
function rangeOf(
	header: string | undefined,
	length: number,
): { first: number; last: number } | 'unsatisfiable' | undefined {
	const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
	if (!match || (match[1] === '' && match[2] === '')) return undefined;
	const fromEnd = match[1] === '';
	const first = fromEnd ? Math.max(0, length - Number(match[2])) : Number(match[1]);
	const last = fromEnd || match[2] === '' ? length - 1 : Math.min(Number(match[2]), length - 1);
	return first < length && first <= last ? { first, last } : 'unsatisfiable';
}

/** The storage behind the CDN answers XML. */
function noSuchKey(): Answer {
	const page = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code></Error>';
	return {
		status: 404,
		headers: { 'content-type': 'application/xml' },
		body: Buffer.from(page),
	};
}
