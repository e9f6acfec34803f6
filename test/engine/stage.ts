import type { IBinaryKeyData, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../simulator/simulator';
import type { AnswerShape, NewJob } from '../simulator/types';
import { startEngine, type Engine, type NodeOptions, type RunResult } from './engine';

/** Virtual seconds per real one: retries wait for virtual seconds. */
const SPEED = 100;

/** In virtual seconds: these tests are about files, not waiting. */
const JOB_SECONDS = 5;

export const binaryModes = ['memory', 'filesystem'] as const;

/** A file that a test puts into an item. */
export interface GivenFile {
	bytes: Buffer;
	fileName: string;
	mimeType: string;
}

/** An engine and a simulator that share one fast clock. */
export interface Stage {
	engine: Engine;
	sim: Simulator;
	/** How long a job takes, in virtual seconds. */
	duration: (job: NewJob) => number;
	/** Why a job fails; undefined if it succeeds. */
	fail: (job: NewJob) => string | undefined;
	/** The format of a finished job's answer; undefined for the documented one. */
	shape: (job: NewJob) => AnswerShape | undefined;
	/** How far the simulator's clock is ahead of the package's, in milliseconds, so that an hour can pass at once. */
	aheadMs: number;
	/** An item with the given files. */
	item(files: Record<string, GivenFile>): Promise<INodeExecutionData>;
	/** Runs a node with the simulator's credential. */
	run(node: string, parameters: INodeParameters, options?: NodeOptions): Promise<RunResult>;
	close(): Promise<void>;
}

/** Sets up one test file's engine and simulator. */
export async function startStage(
	binaryMode: (typeof binaryModes)[number] = 'filesystem',
): Promise<Stage> {
	const engine = await startEngine({ binaryMode });
	const { clock, now } = engine.packageClock();
	clock.speed = SPEED;
	const jobs: Pick<Stage, 'duration' | 'fail' | 'shape' | 'aheadMs'> = {
		duration: () => JOB_SECONDS,
		fail: () => undefined,
		shape: () => undefined,
		aheadMs: 0,
	};
	const sim = await startSimulator({
		speed: SPEED,
		now: () => now() + jobs.aheadMs,
		duration: (job) => jobs.duration(job),
		fail: (job) => jobs.fail(job),
		shape: (job) => jobs.shape(job),
	});
	// The same object, so that a test can change the simulator by setting these.
	return Object.assign(jobs, {
		engine,
		sim,
		item: async (files) => {
			const binary: IBinaryKeyData = {};
			for (const [field, { bytes, fileName, mimeType }] of Object.entries(files)) {
				binary[field] = await engine.storeBinary(bytes, fileName, mimeType);
			}
			return { json: {}, binary };
		},
		run: async (node, parameters, options) =>
			await engine.runNode(node, parameters, {
				credentials: { segmindApi: { ...sim.credential } },
				...options,
			}),
		close: async () => {
			await sim.close();
			await engine.close();
		},
	} satisfies Omit<Stage, keyof typeof jobs>);
}
