import { bytes, failure, gatewayTimeout, json } from '../answers';
import { modelOf, type KnownModel } from '../models';
import { priceOf, V1_CUT_OFF, type Work } from '../newWork';
import { otherOutput } from '../otherShapes';
import type { Call } from '../routes';
import type { Answer, AnswerShape } from '../types';
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
	const { error: reason } = work.job;
	if (reason === V1_CUT_OFF && GATEWAY_LIMIT.test(model.slug)) return gatewayTimeout;
	if (reason !== null) return failure(500, reason);
	return work.shape
		? otherAnswer(work, work.shape, await files)
		: syncAnswer(work, await files, body);
}

/** POST /v2/{slug}: accepts the work and answers at once; the body is checked when the job runs. */
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

/** Models whose v1 calls end at the gateway in front of Segmind instead. Source: observed. */
const GATEWAY_LIMIT = /^hallo/i;

/** An answer that no documentation promises. */
function otherAnswer(work: Work, shape: AnswerShape, files: Buffer[]): Answer {
	const output = otherOutput(shape, work, files);
	if (shape === 'text') return bytes(Buffer.from(String(output)), 'text/plain', headersOf(work));
	const isWhole = shape === 'refusal' || shape === 'nsfw';
	if (isWhole) return json(200, output, headersOf(work));
	return json(200, shape === 'empty' ? {} : { output }, headersOf(work));
}

function headersOf({ job, remaining }: Work): Record<string, string> {
	return {
		'x-request-id': job.requestId,
		'x-cost': String(job.billed),
		'x-remaining-credits': String(remaining),
		'x-generation-time': ((job.readyAt - job.submittedAt) / 1000).toFixed(2),
		...(job.seed === null ? {} : { 'x-seed-value': String(job.seed) }),
	};
}

function syncAnswer(work: Work, files: Buffer[], body: object): Answer {
	const { products, model } = work;
	const headers = headersOf(work);
	if (products.text !== undefined) return textAnswer(products.text, headers);
	const [first] = files;
	const [recipe] = products.files;
	if (!first || !recipe) return json(200, {}, headers);
	if (model.kind === 'image' && files.length > 1)
		return json(200, { images: files.map(toBase64) }, headers);
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
