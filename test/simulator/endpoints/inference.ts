import { bytes, failure, json } from '../answers';
import { modelOf, type KnownModel } from '../models';
import { priceOf, type Work } from '../newWork';
import type { Call } from '../routes';
import type { Answer } from '../types';
import { bodyError } from '../validation';
import type { World } from '../world';

/** POST /v1/{slug}: waits for the work and answers its bytes. */
export async function runSync(world: World, { params, json: body }: Call): Promise<Answer> {
	const model = runnable(world, params.slug);
	if ('status' in model) return model;
	const error = bodyError(model, body);
	if (error) return failure(error.status, error.text);
	const work = world.jobs.accept('sync', model, body);
	// Drawn while the work "runs", so that the answer is not late by it.
	const files = Promise.all(work.products.files.map(async (recipe) => await recipe.make()));
	files.catch(() => {});
	await world.time.until(work.job.readyAt);
	world.jobs.settle();
	if (work.job.error !== null) return failure(500, work.job.error);
	return syncAnswer(work, await files, body);
}

/** POST /v2/{slug}: takes the work and answers at once; the body is looked at when the job runs. */
export function submit(world: World, { params, json: body }: Call): Answer {
	const model = runnable(world, params.slug);
	if ('status' in model) return model;
	return queued(world, world.jobs.accept('async', model, body));
}

/** What a v2 submit answers. */
export function queued(world: World, { job }: Work): Answer {
	const id = job.requestId;
	return json(200, {
		request_id: id,
		status: 'QUEUED',
		poll_url: `${world.urls.api}/v1/requests/${id}`,
		status_url: `${world.urls.api}/v2/requests/${id}/status`,
		response_url: `${world.urls.api}/v2/requests/${id}`,
	});
}

/** The refusal of work that the balance does not cover. */
export function insufficientCredits(): Answer {
	return failure(406, 'Insufficient credits. Please add credits to your account to continue.');
}

function runnable(world: World, slug = ''): KnownModel | Answer {
	if (world.retired.has(slug)) return failure(410, `Model ${slug} has been retired`);
	const model = modelOf(slug);
	if (!model) return failure(404, `Model ${slug} not found`);
	return world.canAfford(priceOf(model)) ? model : insufficientCredits();
}

function syncAnswer({ job, products, remaining }: Work, files: Buffer[], body: object): Answer {
	const headers: Record<string, string> = {
		'x-request-id': job.requestId,
		'x-cost': String(job.billed),
		'x-remaining-credits': String(remaining),
		'x-generation-time': ((job.readyAt - job.submittedAt) / 1000).toFixed(2),
		...(job.seed === null ? {} : { 'x-seed-value': String(job.seed) }),
	};
	if (products.text !== undefined) return textAnswer(products.text, headers);
	const [first] = files;
	const [recipe] = products.files;
	if (!first || !recipe) return json(200, {}, headers);
	if (files.length > 1) return json(200, { images: files.map(toBase64) }, headers);
	if (wantsBase64(body)) return json(200, { image: toBase64(first) }, headers);
	return bytes(first, recipe.contentType, headers);
}

/** The provider's JSON as it is; plain text (a transcript) as `{"text"}`. */
function textAnswer(text: string, headers: Record<string, string>): Answer {
	return json(200, text.startsWith('{') ? (JSON.parse(text) as unknown) : { text }, headers);
}

function wantsBase64(body: { base64?: unknown; base_64?: unknown }): boolean {
	return [body.base64, body.base_64].some((flag) => flag === true || flag === 'true');
}

function toBase64(file: Buffer): string {
	return file.toString('base64');
}
