import type { INodeParameters } from 'n8n-workflow';
import type { Engine } from '../test/engine/engine';
import {
	type Batching,
	axiosJobs,
	axiosLoop,
	generateImages,
	generateTexts,
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

	/** n8n's HTTP Request node; its interval in virtual milliseconds. */
	async node(count: number, batching?: Batching): Promise<Outcome> {
		const { credential } = this.simulator;
		const real = batching && {
			...batching,
			batchInterval: Math.round(batching.batchInterval / this.speed),
		};
		return await this.run(
			async () => await requestNode(this.engine, credential, prompts(count), real),
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

/** n8n keeps the error of a run as plain data. */
function asError(thrown: unknown): Error {
	if (thrown instanceof Error) return thrown;
	return new Error((thrown as { message?: string }).message ?? String(thrown));
}
