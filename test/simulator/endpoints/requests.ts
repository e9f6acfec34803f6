import { json, requestNotFound } from '../answers';
import { flowOutput } from '../flowOutput';
import type { Work } from '../newWork';
import { otherOutput } from '../otherShapes';
import type { Call } from '../routes';
import type { Answer } from '../types';
import type { World } from '../world';

/** GET /v2/requests/{id}/status: how it goes, without the outputs. */
export function status(world: World, { params }: Call): Answer {
	const work = found(world, params.id);
	if (!work) return requestNotFound(params.id);
	const { state, requestId } = work.job;
	if (state === 'COMPLETED') {
		return json(200, { status: state, request_id: requestId, metrics: metricsOf(work) });
	}
	return state === 'FAILED' ? failed(work) : waiting(world, work);
}

/** GET /v2/requests/{id}, and the legacy GET /v1/requests/{id}: the outputs. */
export async function result(world: World, { params }: Call): Promise<Answer> {
	const work = found(world, params.id);
	if (!work) return requestNotFound(params.id);
	if (work.job.state === 'FAILED') return failed(work);
	if (work.job.state !== 'COMPLETED') return waiting(world, work);
	return json(200, {
		status: 'COMPLETED',
		error: null,
		metrics: metricsOf(work),
		...(await outputsOf(work)),
		timings: {},
	});
}

/** Work of the other contracts is not to be found here. */
function found(world: World, id = ''): Work | undefined {
	const work = world.jobs.find(id);
	return work && (work.contract === 'async' || work.contract === 'flowV2') ? work : undefined;
}

function waiting(world: World, { job }: Work): Answer {
	const id = job.requestId;
	return json(200, {
		status: job.state,
		request_id: id,
		status_url: `${world.urls.api}/v2/requests/${id}/status`,
		response_url: `${world.urls.api}/v2/requests/${id}`,
		metrics: {},
	});
}

function failed(work: Work): Answer {
	const { state, requestId, error } = work.job;
	return json(422, { status: state, request_id: requestId, error, metrics: metricsOf(work) });
}

/** Cost and balance are there only for work that was charged. */
function metricsOf({ job, startsAt, remaining }: Work): object {
	const charged =
		job.state === 'COMPLETED' ? { cost: job.billed, remaining_credits: remaining } : {};
	return {
		...charged,
		inference_time: seconds(job.readyAt - startsAt),
		queue_time: seconds(startsAt - job.submittedAt),
		total_time: seconds(job.readyAt - job.submittedAt),
	};
}

function seconds(ms: number): number {
	return Number((ms / 1000).toFixed(3));
}

async function outputsOf(work: Work): Promise<object> {
	const { job, model, products } = work;
	if (work.shape) {
		const files = await Promise.all(products.files.map(async (recipe) => await recipe.make()));
		return { output: otherOutput(work.shape, work, files) };
	}
	if (work.contract === 'flowV2') return { output: flowOutput(job) };
	if (products.text !== undefined) {
		return { output: products.text, reasoning: null, partial: false };
	}
	const media = await Promise.all(
		job.outputs.map(async ({ url, contentType, fileName }, index) => ({
			url,
			content_type: contentType,
			file_name: fileName,
			// A string, as documented; so is the seed.
			file_size: String((await products.files[index]?.make())?.length ?? 0),
		})),
	);
	const output = media[0]?.url ?? null;
	const prompt = typeof job.body.prompt === 'string' ? { prompt: job.body.prompt } : {};
	const seed = job.seed === null ? {} : { seed: String(job.seed) };
	if (model.kind === 'image') return { output, images: media, ...seed, ...prompt };
	if (model.kind === 'video') {
		const lastFrame = media[1] ? { last_frame_url: media[1].url } : {};
		return { output, video: { ...media[0], ...lastFrame }, ...seed, ...prompt };
	}
	if (model.kind === '3d' && media[1]) return { output, image: media[1], model_mesh: media[0] };
	return model.kind === 'audio' ? { output, audio: media[0], ...prompt } : { output };
}
