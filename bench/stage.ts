/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import type { INodeParameters } from 'n8n-workflow';
import type { Engine } from '../test/engine/engine';
import {
	type Batching,
	axiosJobs,
	axiosLoop,
	generateImages,
	generateTexts,
	plainNode,
	prompts,
	requestNode,
} from './contenders';
import { taken } from './measure';
import { RemoteSimulator, type Report, type Settings } from './remoteSimulator';

/** One run of a contender. */
export interface Outcome {
	/** Virtual seconds from start to end. */
	seconds: number;
	/** Real milliseconds of this process. */
	cpuMs: number;
	/** Output items; none if the run failed. */
	done: number;
	failed?: Error;
	report: Report;
}

/** Where contenders run: n8n's engine in this process, Segmind in another, with a common clock. */
export class Stage {
	private constructor(
		private readonly engine: Engine,
		private readonly simulator: RemoteSimulator,
		private readonly speed: number,
	) {}

	/** Sets up a stage, lets `play` use it and tears it down. */
	static async set<T>(
		engine: Engine,
		settings: Settings,
		play: (stage: Stage) => Promise<T>,
	): Promise<T> {
		const { speed = 1 } = settings;
		const { clock, now } = engine.packageClock();
		clock.speed = speed;
		const simulator = await RemoteSimulator.start({
			...settings,
			clock: { realMs: Date.now(), virtualMs: now() },
		});
		try {
			return await play(new Stage(engine, simulator, speed));
		} finally {
			await simulator.stop();
			clock.speed = 1;
		}
	}

	/** Segmind Generate Image. */
	async ours(count: number, parameters: INodeParameters): Promise<Outcome> {
		const { credential } = this.simulator;
		return await this.run(
			async () => await generateImages(this.engine, credential, prompts(count), parameters),
		);
	}

	/** Segmind Generate Text. */
	async texts(count: number, options: INodeParameters): Promise<Outcome> {
		const { credential } = this.simulator;
		return await this.run(
			async () => await generateTexts(this.engine, credential, prompts(count), options),
		);
	}

	/** Several executions of Segmind Generate Image that start together. */
	async oursTogether(runs: number, each: number, parameters: INodeParameters): Promise<Outcome> {
		const { credential } = this.simulator;
		return await this.run(async () => {
			return await together(runs, async () => {
				return await generateImages(this.engine, credential, prompts(each), parameters);
			});
		});
	}

	/** Several executions of n8n's HTTP Request node that start together; their interval in virtual milliseconds. */
	async nodeTogether(runs: number, each: number, batching?: Batching): Promise<Outcome> {
		const { credential } = this.simulator;
		const real = this.inRealTime(batching);
		return await this.run(async () => {
			return await together(runs, async () => {
				return await requestNode(this.engine, credential, prompts(each), real);
			});
		});
	}

	/** How many virtual seconds a run of one item takes while another one is on its way with many. */
	async beside(
		many: number,
		startAfterSeconds: number,
		who: { parameters: INodeParameters } | { batching?: Batching },
	): Promise<{ seconds: number; failed?: Error }> {
		const { credential } = this.simulator;
		const start = async (count: number) =>
			'parameters' in who
				? await generateImages(this.engine, credential, prompts(count), who.parameters)
				: await requestNode(this.engine, credential, prompts(count), this.inRealTime(who.batching));
		await this.simulator.reset();
		const long = start(many).catch(asError);
		await new Promise((resolve) => setTimeout(resolve, (startAfterSeconds * 1000) / this.speed));
		const { value, wallMs } = await taken(async () => await start(1).catch(asError));
		await long;
		const seconds = (wallMs * this.speed) / 1000;
		return value instanceof Error ? { seconds, failed: value } : { seconds };
	}

	/** n8n's HTTP Request node; its interval in virtual milliseconds. */
	async node(count: number, batching?: Batching): Promise<Outcome> {
		const { credential } = this.simulator;
		const real = this.inRealTime(batching);
		return await this.run(
			async () => await requestNode(this.engine, credential, prompts(count), real),
		);
	}

	/** A node that does nothing but what n8n's helpers do. */
	async plain(count: number, concurrency: number): Promise<Outcome> {
		const { credential } = this.simulator;
		return await this.run(
			async () => await plainNode(this.engine, credential, prompts(count), concurrency),
		);
	}

	/** One or more concurrent plain axios loops, which wait a virtual second after a refusal. */
	async loop(count: number, loops = 1): Promise<Outcome> {
		const { credential } = this.simulator;
		const one = async () => await axiosLoop(credential, prompts(count / loops), 1000 / this.speed);
		return await this.run(async () =>
			(await Promise.all(Array.from({ length: loops }, one))).flat(),
		);
	}

	/** Jobs with axios, polled once per virtual second. */
	async jobs(count: number): Promise<Outcome> {
		const { credential } = this.simulator;
		return await this.run(
			async () => await axiosJobs(credential, prompts(count), 1000 / this.speed),
		);
	}

	private inRealTime(batching: Batching | undefined): Batching | undefined {
		if (!batching) return undefined;
		return { ...batching, batchInterval: Math.round(batching.batchInterval / this.speed) };
	}

	private async run(work: () => Promise<unknown[]>): Promise<Outcome> {
		await this.simulator.reset();
		const { value, wallMs, cpuMs } = await taken(async () => await work().catch(asError));
		const report = await this.simulator.report();
		const seconds = (wallMs * this.speed) / 1000;
		return value instanceof Error
			? { seconds, cpuMs, report, done: 0, failed: value }
			: { seconds, cpuMs, report, done: value.length };
	}
}

async function together(runs: number, run: () => Promise<unknown[]>): Promise<unknown[]> {
	return (await Promise.all(Array.from({ length: runs }, run))).flat();
}

/** n8n keeps the error of a run as plain data. */
function asError(thrown: unknown): Error {
	if (thrown instanceof Error) return thrown;
	return new Error((thrown as { message?: string }).message ?? String(thrown));
}
