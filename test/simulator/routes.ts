import { credits } from './endpoints/account';
import { modelList } from './endpoints/catalog';
import { file } from './endpoints/files';
import { requestHistory, requestInHistory } from './endpoints/history';
import { runSync, submit } from './endpoints/inference';
import { flowStatus, runFlow, runFlowV2 } from './endpoints/pixelflow';
import { result, status } from './endpoints/requests';
import { uploadAsset } from './endpoints/storage';
import type { Answer, Origin, RecordedRequest } from './types';
import type { ReceivedBody } from './receivedBody';
import type { World } from './world';

/** A request that passed the gateway, as an endpoint sees it. */
export interface Call {
	record: RecordedRequest;
	/** The path's `:name` parts. */
	params: Record<string, string>;
	/** The body as a JSON object; empty where the route takes none. */
	json: Record<string, unknown>;
	received: ReceivedBody;
}

export type Endpoint = (world: World, call: Call) => Answer | Promise<Answer>;

export interface Route {
	origin: Origin;
	method: string;
	path: RegExp;
	takes: 'nothing' | 'json' | 'dataUrls';
	endpoint: Endpoint;
}

function route(
	origin: Origin,
	method: string,
	path: string,
	takes: Route['takes'],
	endpoint: Endpoint,
): Route {
	const pattern = path.replace(/:(\w+)/g, '(?<$1>[^/]+)').replace('*', '.*');
	return { origin, method, path: new RegExp(`^${pattern}$`), takes, endpoint };
}

/** All that the simulator answers; where two rows match a path, the upper one has it. */
const ROUTES: Route[] = [
	route('api', 'GET', '/v1/get-user-credits', 'nothing', credits),
	route('api', 'POST', '/v1/:slug', 'json', runSync),
	route('api', 'GET', '/v1/requests/:id', 'nothing', result),
	route('api', 'POST', '/v2/:slug', 'json', submit),
	route('api', 'GET', '/v2/requests/:id/status', 'nothing', status),
	route('api', 'GET', '/v2/requests/:id', 'nothing', result),
	route('api', 'POST', '/workflows/v2/:slug', 'json', runFlowV2),
	route('api', 'GET', '/workflows/request/:id', 'nothing', flowStatus),
	route('api', 'POST', '/workflows/:flow', 'json', runFlow),
	route('storage', 'POST', '/upload-asset', 'dataUrls', uploadAsset),
	route('catalog', 'GET', '/inference-model-information/list', 'nothing', modelList),
	route('catalog', 'GET', '/inference-request/request-history', 'nothing', requestHistory),
	route('catalog', 'GET', '/inference-request/request-history/:id', 'nothing', requestInHistory),
	route('files', 'GET', '/*', 'nothing', file),
];

/** The route of a request; 'wrong verb' when the path is known but not with this method. */
export function routeOf(
	origin: Origin,
	method: string,
	path: string,
): { route: Route; params: Record<string, string> } | 'wrong verb' | undefined {
	const verb = method === 'HEAD' ? 'GET' : method;
	for (const candidate of ROUTES) {
		const match = candidate.origin === origin ? candidate.path.exec(path) : null;
		if (!match) continue;
		if (candidate.method !== verb) return 'wrong verb';
		return { route: candidate, params: decoded(match.groups ?? {}) };
	}
	return undefined;
}

function decoded(groups: Record<string, string>): Record<string, string> {
	const entries = Object.entries(groups).map(([name, value]) => {
		try {
			return [name, decodeURIComponent(value)];
		} catch {
			return [name, value];
		}
	});
	return Object.fromEntries(entries) as Record<string, string>;
}
