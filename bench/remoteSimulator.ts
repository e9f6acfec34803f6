/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs outside n8n, the simulator in a process of its own */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SimulatorCredential } from '../test/simulator/simulator';

/** Settings of a simulator in another process, to which functions cannot be sent. */
export interface Settings {
	/** Virtual seconds per real second. */
	speed?: number;
	/** The same moment by the package's clock and by the real one, if both sides have to agree on the time. */
	clock?: { realMs: number; virtualMs: number };
	/** A job's duration in virtual seconds: random between the two, the same for the same index. */
	seconds?: [shortest: number, longest: number];
	seed?: number;
	rateLimit?: { requestsPerMinute: number; burst: number };
	/** Answers every POST with the same small image after this many virtual seconds, without drawing or billing. */
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
	/** When those arrived that got what they asked for, in virtual milliseconds since the simulator started. */
	acceptedAt: number[];
	maxInFlight: number;
	maxRunningJobs: number;
	/** In virtual milliseconds since the simulator started. */
	jobs: Array<{ submittedAt: number; readyAt: number }>;
}

/** A simulator in a separate process. */
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

	/** Forgets all requests, and refills the rate limit. */
	async reset(): Promise<void> {
		await ask(this.child, { name: 'reset' });
	}

	async report(): Promise<Report> {
		return (await ask(this.child, { name: 'report' })) as Report;
	}

	async stop(): Promise<void> {
		// A dead process has already rejected its last task.
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
		// Stops listening for the event that did not come.
		died.catch(() => {});
		over.abort();
	}
}

interface Answer {
	result?: unknown;
	error?: string;
}
