import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { parseInSteps } from '../api/jsonParser';
import { inSlices, type Steps } from '../api/slices';
import { readAll, type Stream } from '../api/stream';
import { stripEnd } from '../api/strip';
import { now, socketMs } from '../clock';
import { parseLiveList, type LiveModel } from './liveList';

/** Maximum wait; the bundled list is the fallback. */
const MAX_WAIT_MS = 3000;

/** Public clients cap the list at this size too; it is not paginated. */
const MAX_BYTES = 10 * 1024 * 1024;

/** New models appear a few times a week. */
const CACHE_MS = 10 * 60 * 1000;

/** The pause after a failure: the picker searches on every keystroke, and must not wait for a failing host each time. */
const FAILURE_PAUSE_MS = 60 * 1000;

const cache = new Map<string, { until: number; models: Promise<LiveModel[]> }>();

/**
 * Segmind's live model list, empty if unavailable. Returns within three seconds whatever the server does, caches the
 * list for ten minutes, sends no key and follows no redirects. Never throws.
 */
export async function liveModels(
	context: Pick<ILoadOptionsFunctions, 'helpers'>,
	catalogUrl: string,
): Promise<LiveModel[]> {
	const cached = cache.get(catalogUrl);
	if (cached && cached.until > now()) return await cached.models;
	const models = fetchList(context, catalogUrl);
	// Concurrent callers wait for the same answer.
	const entry = { until: Infinity, models };
	cache.set(catalogUrl, entry);
	const usable = (await models).length > 0;
	entry.until = now() + (usable ? CACHE_MS : FAILURE_PAUSE_MS);
	return await models;
}

async function fetchList(
	{ helpers }: Pick<ILoadOptionsFunctions, 'helpers'>,
	catalogUrl: string,
): Promise<LiveModel[]> {
	try {
		const { statusCode, body } = (await helpers.httpRequest({
			url: `${stripEnd(catalogUrl.trim(), '/')}/inference-model-information/list`,
			headers: { accept: 'application/json' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			// One signal for headers and body together; a timeout of the request would restart with every byte.
			abortSignal: AbortSignal.timeout(socketMs(MAX_WAIT_MS)),
		})) as { statusCode: number; body: Stream };
		if (statusCode !== 200) {
			body.destroy();
			return [];
		}
		const bytes = await readAll(body as AsyncIterable<Buffer>, MAX_BYTES);
		return await inSlices(readList(bytes.toString()));
	} catch {
		// No network, a hanging host, an oversized answer, invalid JSON: the bundled list is shown.
		return [];
	}
}

/** Throws for invalid JSON. */
function* readList(text: string): Steps<LiveModel[]> {
	return yield* parseLiveList(yield* parseInSteps(text));
}
