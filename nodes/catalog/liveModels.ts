import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { readAll, type Stream } from '../api/stream';
import { now, socketMs } from '../clock';
import { parseLiveList, type LiveModel } from './liveList';

/** Maximum wait; the bundled list is the fallback. */
const MAX_WAIT_MS = 3000;

/** Public clients cap the list at this size too; it has no pages. */
const MAX_BYTES = 10 * 1024 * 1024;

/** New models appear a few times a week. */
const FRESH_MS = 10 * 60 * 1000;

/** The picker asks at every key press: a host that fails is not asked, and waited for, each time. */
const FAILED_MS = 60 * 1000;

const kept = new Map<string, { until: number; models: Promise<LiveModel[]> }>();

/**
 * Segmind's live model list, empty when it cannot be had. Answers within three seconds whatever the server does, keeps
 * the list for ten minutes, sends no key and follows no redirect. Never throws.
 */
export async function liveModels(
	context: Pick<ILoadOptionsFunctions, 'helpers'>,
	catalogUrl: string,
): Promise<LiveModel[]> {
	const known = kept.get(catalogUrl);
	if (known && known.until > now()) return await known.models;
	const models = fetchList(context, catalogUrl);
	// Whoever asks meanwhile waits for the same answer.
	const entry = { until: Infinity, models };
	kept.set(catalogUrl, entry);
	const usable = (await models).length > 0;
	entry.until = now() + (usable ? FRESH_MS : FAILED_MS);
	return await models;
}

async function fetchList(
	{ helpers }: Pick<ILoadOptionsFunctions, 'helpers'>,
	catalogUrl: string,
): Promise<LiveModel[]> {
	try {
		const { statusCode, body } = (await helpers.httpRequest({
			url: `${catalogUrl.trim().replace(/\/+$/, '')}/inference-model-information/list`,
			headers: { accept: 'application/json' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			// One signal for headers and body together; a time-out of the request would start anew with every byte.
			abortSignal: AbortSignal.timeout(socketMs(MAX_WAIT_MS)),
		})) as { statusCode: number; body: Stream };
		if (statusCode !== 200) {
			body.destroy();
			return [];
		}
		const bytes = await readAll(body as AsyncIterable<Buffer>, MAX_BYTES);
		return parseLiveList(JSON.parse(bytes.toString()));
	} catch {
		// No network, a hanging host, too much, no JSON: the bundled list is shown.
		return [];
	}
}
