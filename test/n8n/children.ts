/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs outside n8n */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const GRACE_MS = 8000;

/** How much of a program's output is kept, in characters. */
const KEPT_OUTPUT = 1_000_000;

const running = new Set<Child>();

/** Ends with this process, however it ends; only processes started here are touched. */
process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => process.exit(130));
}

/** A program and everything it starts, with its output kept for error messages. */
export class Child {
	private readonly process: ChildProcess;
	private readonly ended: Promise<void>;
	private text = '';

	constructor(name: string, command: string, args: string[], env: NodeJS.ProcessEnv, cwd: string) {
		// A process group of its own, so that grandchildren (n8n's task runners) end with it.
		this.process = spawn(command, args, { cwd, env, detached: true, stdio: 'pipe' });
		for (const stream of [this.process.stdout, this.process.stderr]) {
			stream?.on('data', (data: Buffer) => {
				this.text = (this.text + data.toString()).slice(-KEPT_OUTPUT);
				if (process.env.SEGMIND_TEST_LOG) process.stderr.write(`[${name}] ${data.toString()}`);
			});
		}
		this.ended = new Promise<void>((resolve) => {
			this.process.once('error', (error) => {
				this.text += `\n${error.message}`;
				resolve();
			});
			this.process.once('exit', () => resolve());
		}).then(() => {
			this.kill('SIGKILL');
			running.delete(this);
		});
		running.add(this);
	}

	get pid(): number {
		return this.process.pid ?? 0;
	}

	get isRunning(): boolean {
		return this.process.pid !== undefined && this.process.exitCode === null && !this.process.killed;
	}

	/** What it printed. */
	get output(): string {
		return this.text.trim();
	}

	/** Signals the whole group, if it still exists. */
	kill(signal: NodeJS.Signals): void {
		if (!this.process.pid) return;
		try {
			process.kill(-this.process.pid, signal);
		} catch {
			return;
		}
	}

	/** Asks it to end, and kills it after a while. */
	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		this.kill(signal);
		const patience = new AbortController();
		const late = pause(GRACE_MS, undefined, { signal: patience.signal }).then(
			() => this.kill('SIGKILL'),
			() => undefined,
		);
		await this.ended;
		patience.abort();
		await late;
	}
}

/** A loopback port that is currently free. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('No port was given');
	return address.port;
}

/** Repeats a request until the answer is not undefined; a thrown error counts as undefined. */
export async function eventually<T>(
	what: string,
	seconds: number,
	ask: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	let last: unknown;
	while (Date.now() < deadline) {
		try {
			const answer = await ask();
			if (answer !== undefined) return answer;
		} catch (error) {
			last = error;
		}
		await pause(100);
	}
	throw new Error(`${what}: not within ${seconds} s${last ? ` (${String(last)})` : ''}`);
}
