import { createHash } from 'node:crypto';
import type { KnownModel } from './models';
import { productsOf, type Products } from './outputs';
import { hex, seedNumber, uuid } from './random';
import type { AnswerShape, NewJob, SimulatedJob } from './types';
import { bodyError } from './validation';
import type { World } from './world';

/** What v1 answers when work takes too long. */
export const V1_CUT_OFF = 'Internal Polling Error';
const UNKNOWN_SECONDS = 20;
const UNKNOWN_PRICE = 0.01;
const QUEUE_SECONDS = 0.3;
/** The lifetime of a job with an invalid body. */
const REFUSAL_SECONDS = 0.24;
const LONG_STRING = 1024 * 1024;

/** How a job was submitted, which decides how it is polled; a sync call is never polled. */
export type Contract = 'sync' | 'async' | 'flow' | 'flowV2';

/** A job with what only its owner knows. */
export interface Work {
	job: SimulatedJob;
	contract: Contract;
	model: KnownModel;
	/** When it leaves the queue. */
	startsAt: number;
	price: number;
	/** Dollars left after it was billed. */
	remaining: number;
	products: Products;
	shape: AnswerShape | undefined;
}

/** Models that v1 waits for however long they take. Source: observed at two minutes. */
const NO_LIMIT = /^seedance/i;

/** The work that a body makes for a model, as it stands when it is handed in. */
export function newWork(
	world: World,
	contract: Contract,
	model: KnownModel,
	body: Record<string, unknown>,
	index: number,
): Work {
	const { random, time } = world;
	const course = courseOf(world, contract, model, { slug: model.slug, body, index });
	const seed = seedOf(model, body, random);
	const submittedAt = time.now();
	const kept = withoutLongStrings(body);
	const job: SimulatedJob = {
		requestId: contract === 'flow' ? hex(world.idRandom, 32) : uuid(world.idRandom),
		kind: contract === 'sync' || contract === 'async' ? contract : 'pixelflow',
		slug: model.slug,
		body: kept,
		state: course.queue > 0 ? 'QUEUED' : 'PROCESSING',
		submittedAt,
		readyAt: submittedAt + course.total * 1000,
		billed: 0,
		outputs: [],
		seed: reportsSeed(model) ? seed : null,
		error: course.error,
	};
	return {
		job,
		contract,
		model,
		startsAt: submittedAt + course.queue * 1000,
		price: priceOf(model),
		remaining: 0,
		products: productsOf(model, kept, seed),
		shape: world.shape?.({ slug: model.slug, body, index }),
	};
}

/** What a run of the model costs, in dollars. */
export function priceOf(model: KnownModel): number {
	return Number((model.averageCostUsd ?? UNKNOWN_PRICE).toFixed(6));
}

/** How a job will go: virtual seconds in the queue and in all, and the error it ends with. */
function courseOf(
	world: World,
	contract: Contract,
	model: KnownModel,
	newJob: NewJob,
): { queue: number; total: number; error: string | null } {
	const jitter = 0.8 + world.random() * 0.4;
	const profile = (model.averageSeconds ?? UNKNOWN_SECONDS) * jitter;
	const seconds = world.duration?.(newJob) ?? profile;
	// v1 checks the body before it accepts the work; PixelFlow inputs are unknown here.
	const refusal = contract === 'async' ? bodyError(model, newJob.body)?.text : undefined;
	if (refusal !== undefined) return { queue: 0.23, total: REFUSAL_SECONDS, error: refusal };
	const error = world.fail?.(newJob) ?? null;
	if (contract !== 'sync') {
		return { queue: Math.min(QUEUE_SECONDS, seconds / 2), total: seconds, error };
	}
	if (seconds <= world.v1CutOffSeconds || NO_LIMIT.test(model.slug))
		return { queue: 0, total: seconds, error };
	return { queue: 0, total: world.v1CutOffSeconds, error: V1_CUT_OFF };
}

/** A model with a documented parameter table but no seed in it reports none. */
function reportsSeed({ kind, parameters }: KnownModel): boolean {
	if (kind !== 'image' && kind !== 'video') return false;
	return parameters.length === 0 || parameters.some(({ name }) => name === 'seed');
}

function seedOf(model: KnownModel, body: Record<string, unknown>, random: () => number): number {
	const picked = seedNumber(random);
	if (!reportsSeed(model) || body.seed === '' || body.seed === null) return picked;
	const asked = Number(body.seed);
	return Number.isInteger(asked) && asked >= 0 ? asked : picked;
}

/** Files sent inside a body are not kept in memory for as long as the simulator lives. */
function withoutLongStrings(body: Record<string, unknown>): Record<string, unknown> {
	const entries = Object.entries(body).map(([name, value]) => {
		if (typeof value !== 'string' || value.length <= LONG_STRING) return [name, value];
		const digest = createHash('sha256').update(value).digest('hex');
		return [name, `<${value.length} characters, sha256 ${digest}>`];
	});
	return Object.fromEntries(entries) as Record<string, unknown>;
}
