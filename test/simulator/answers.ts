import type { Answer } from './types';

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json', ...headers },
		body: Buffer.from(JSON.stringify(value)),
	};
}

/** The gateway's usual error: `{"error": "..."}`. */
export function failure(status: number, text: string): Answer {
	return json(status, { error: text });
}

/** The answer about an id that nobody knows, or nobody knows any more. */
export function requestNotFound(id = ''): Answer {
	return failure(404, `Request ${id} not found`);
}

/** Raw bytes, as v1 gives its pictures. */
export function bytes(
	body: Buffer,
	contentType: string,
	headers: Record<string, string> = {},
): Answer {
	return { status: 200, headers: { 'content-type': contentType, ...headers }, body };
}

/** The page that the web framework, not the API, answers to a wrong verb. */
export function methodNotAllowed(): Answer {
	const page = [
		'<!doctype html>',
		'<html lang=en>',
		'<title>405 Method Not Allowed</title>',
		'<h1>Method Not Allowed</h1>',
		'<p>The method is not allowed for the requested URL.</p>',
		'</html>',
	].join('\n');
	return {
		status: 405,
		headers: { 'content-type': 'text/html; charset=utf-8' },
		body: Buffer.from(page),
	};
}

/** What the gateway in front of Segmind answers when it has waited long enough. */
export const gatewayTimeout: Answer = {
	status: 504,
	headers: { 'content-type': 'text/html' },
	body: Buffer.from(
		'<html><head><title>504 Gateway Time-out</title></head><body><hr>nginx</body></html>',
	),
};

export const missingKey = failure(401, 'Missing Authorization or x-api-key in header');

export const refusedKey = failure(
	401,
	'Unauthorized. API key is invalid or may have expired. Generate one at https://cloud.segmind.com/console/api-keys',
);

export const invalidContentType = failure(406, 'Invalid content type');
