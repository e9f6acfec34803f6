import { failure, invalidContentType, methodNotAllowed, missingKey, refusedKey } from './answers';
import { parsed, type ReceivedBody } from './receivedBody';
import { routeOf, type Route } from './routes';
import type { Answer, RecordedRequest } from './types';
import type { World } from './world';

/** Answers a request as Segmind does, scripts aside: first the gateway's checks, then the endpoint. */
export async function answerRequest(
	world: World,
	record: RecordedRequest,
	received: ReceivedBody,
): Promise<Answer> {
	const refusal = keyRefusal(world, record);
	if (refusal) return refusal;
	const limit = record.origin === 'api' ? world.limit : undefined;
	if (limit && !limit.take()) return limit.refusal();
	const answer = await routed(world, record, received);
	return limit ? { ...answer, headers: { ...answer.headers, ...limit.headers() } } : answer;
}

/**
 * The inference and storage hosts want a key, and so does the request history, but not the model list; only in x-api-key.
 * PixelFlows take it as a bearer token, too.
 */
function keyRefusal(world: World, { origin, headers, path }: RecordedRequest): Answer | undefined {
	const hasKey = headers['x-api-key'] !== undefined;
	if (origin === 'files') {
		const all = `${path}\n${Object.values(headers).join('\n')}`;
		if (!hasKey && !all.includes(world.apiKey)) return undefined;
		// Counted and answered as by a public host, which does not report a leaked key.
		world.keyLeaks += 1;
		return undefined;
	}
	if (origin === 'catalog' && !path.startsWith(HISTORY)) {
		if (hasKey) world.catalogKeys += 1;
		return undefined;
	}
	if (headers['x-api-key'] === world.apiKey) return undefined;
	const isBearer = headers.authorization === `Bearer ${world.apiKey}`;
	if (isBearer && path.startsWith('/workflows/')) return undefined;
	return hasKey || headers.authorization !== undefined ? refusedKey : missingKey;
}

const HISTORY = '/inference-request/';

async function routed(
	world: World,
	record: RecordedRequest,
	received: ReceivedBody,
): Promise<Answer> {
	const path = record.path.split('?')[0] ?? '';
	const found = routeOf(record.origin, record.method, path);
	if (!found) return failure(404, 'Not Found');
	if (found === 'wrong verb') return methodNotAllowed();
	const { route, params } = found;
	if (route.takes === 'nothing') {
		return await route.endpoint(world, { record, params, json: {}, received });
	}
	const contentType = record.headers['content-type'] ?? '';
	if (!/^(application\/json|multipart\/form-data)\b/i.test(contentType)) return invalidContentType;
	if (received.tooLarge) return failure(413, 'Request body too large');
	const json = jsonOf(route, received, contentType);
	if (!json) return failure(400, 'Invalid JSON in request body');
	return await route.endpoint(world, { record, params, json, received });
}

/** The body as an object. Form fields are not read: a multipart body counts as one without parameters. */
function jsonOf(
	route: Route,
	{ bytes }: ReceivedBody,
	contentType: string,
): Record<string, unknown> | undefined {
	if (/^multipart/i.test(contentType)) return {};
	// An upload too large to keep was read by the scanner alone.
	if (!bytes) return route.takes === 'dataUrls' ? {} : undefined;
	const value = parsed(bytes);
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject ? (value as Record<string, unknown>) : undefined;
}
