import { failure, json, requestNotFound } from '../answers';
import { flowOutput } from '../flowOutput';
import type { KnownModel } from '../models';
import type { Call } from '../routes';
import type { Answer } from '../types';
import type { World } from '../world';
import { insufficientCredits, queued } from './inference';

const FLOW_ID = /^[0-9a-f]{24}-v\d+$/;
const FLOW_PRICE = 0.02;
const FLOW_SECONDS = 20;

/** POST /workflows/{24 hex}-v{n}: the first contract; ids have 32 hex characters. Every well-formed id exists. */
export function runFlow(world: World, { params, json: inputs }: Call): Answer {
	const flow = params.flow ?? '';
	if (!FLOW_ID.test(flow)) return failure(404, `Workflow ${flow} not found`);
	if (!world.canAfford(FLOW_PRICE)) return insufficientCredits();
	const { job } = world.jobs.accept('flow', flowModel(flow), inputs);
	return json(200, {
		message: 'Request queued',
		request_id: job.requestId,
		poll_url: `${world.urls.api}/workflows/request/${job.requestId}`,
		status: 'QUEUED',
	});
}

/** POST /workflows/v2/{slug}: the same on the v2 contract. */
export function runFlowV2(world: World, { params, json: inputs }: Call): Answer {
	if (!world.canAfford(FLOW_PRICE)) return insufficientCredits();
	return queued(world, world.jobs.accept('flowV2', flowModel(params.slug ?? ''), inputs));
}

/** GET /workflows/request/{id}: always 200; the output is JSON in a string. */
export function flowStatus(world: World, { params }: Call): Answer {
	const work = world.jobs.find(params.id ?? '');
	if (!work || work.contract !== 'flow') return requestNotFound(params.id);
	const { state, error } = work.job;
	if (state === 'FAILED') {
		return json(200, { status: state, error_message: { node: 'text-to-image-1', message: error } });
	}
	const output = state === 'COMPLETED' ? flowOutput(work.job) : '';
	return json(200, { status: state, output });
}

function flowModel(slug: string): KnownModel {
	return {
		slug,
		name: slug,
		kind: 'image',
		averageCostUsd: FLOW_PRICE,
		averageSeconds: FLOW_SECONDS,
		parameters: [],
	};
}
