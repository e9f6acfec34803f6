/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs outside n8n, the simulator in a process of its own */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SimulatorCredential } from '../test/simulator/simulator';

/** How a simulator in another process is set up; functions cannot be sent there. */
export interface Settings {
	/** Virtual seconds per real second. */
	speed?: number;
	/** One moment by the package's clock and by the real one, where both sides have to agree on the time. */
	clock?: { realMs: number; virtualMs: number };
	/** How long a job takes, in virtual seconds: random between the two, the same for the same place. */
	seconds?: [shortest: number, longest: number];
	seed?: number;
	rateLimit?: { requestsPerMinute: number; burst: number };
	/** Answers every POST with the same small picture after so many virtual seconds, nothing drawn and nothing counted. */
	pictureAfterSeconds?: number;
}

export interface Task {
	name: 'start' | 'reset' | 'report' | 'stop';
	settings?: Settings;
}

/** What arrived at the API since the last reset. */
export interface Report {
	requests: number;
	/** Those that only read. */
	polls: number;
	/** Those answered 429. */
	refused: number;
	maxInFlight: number;
	maxRunningJobs: number;
	/** In virtual milliseconds since the simulator started. */
	jobs: Array<{ submittedAt: number; readyAt: number }>;
}

/** A simulator in a process of its own. */
export class RemoteSimulator {
	private constructor(
		private readonly child: ChildProcess,
		readonly credential: SimulatorCredential,
	) {}

	static async start(settings: Settings): Promise<RemoteSimulator> {
		const child = fork(join(__dirname, 'simulatorProcess.ts'), {
			execArgv: ['--require', require.resolve('tsx/cjs')],
			serialization: 'advanced',
		});
		const credential = await ask(child, { name: 'start', settings });
		return new RemoteSimulator(child, credential as SimulatorCredential);
	}

	/** Forgets what arrived, and fills the rate limit up. */
	async reset(): Promise<void> {
		await ask(this.child, { name: 'reset' });
	}

	async report(): Promise<Report> {
		return (await ask(this.child, { name: 'report' })) as Report;
	}

	async stop(): Promise<void> {
		// One that died has told so to whoever asked it last.
		if (!this.child.connected) return;
		const gone = once(this.child, 'exit');
		await ask(this.child, { name: 'stop' });
		await gone;
	}
}

/** One task at a time: the next message is its answer. */
async function ask(child: ChildProcess, task: Task): Promise<unknown> {
	const over = new AbortController();
	const listening = { signal: over.signal };
	const died = once(child, 'exit', listening).then(([code, signal]) => {
		throw new Error(`The simulator ended with ${String(code ?? signal)}`);
	});
	try {
		child.send(task);
		const [answer] = (await Promise.race([once(child, 'message', listening), died])) as [Answer];
		if (answer.error) throw new Error(answer.error);
		return answer.result;
	} finally {
		// Whichever did not come is not waited for any more.
		died.catch(() => {});
		over.abort();
	}
}

interface Answer {
	result?: unknown;
	error?: string;
}
