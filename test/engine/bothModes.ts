import type { IBinaryKeyData, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../simulator/simulator';
import { startEngine, type Engine, type NodeOptions, type RunResult } from './engine';

/** Virtual seconds per real one: retries wait for virtual seconds. */
const SPEED = 100;

/** Virtual: the files are tested here, not the waiting. */
const JOB_SECONDS = 5;

export const binaryModes = ['memory', 'filesystem'] as const;

/** A file as a test gives it to an item. */
export interface GivenFile {
	bytes: Buffer;
	fileName: string;
	mimeType: string;
}

/** An engine and a simulator that go by the same fast clock. */
export interface Stage {
	engine: Engine;
	sim: Simulator;
	/** How long jobs take, in virtual seconds. */
	jobSeconds: number;
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
	const sim = await startSimulator({ speed: SPEED, now, duration: () => stage.jobSeconds });
	const stage: Stage = {
		engine,
		sim,
		jobSeconds: JOB_SECONDS,
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
	};
	return stage;
}
