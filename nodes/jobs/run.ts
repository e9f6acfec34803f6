import type { IExecuteFunctions } from 'n8n-workflow';

import { connect, type Connection } from '../api/connection';
import { UploadOnce } from '../media/uploadOnce';
import { Ledger } from './ledger';
import { usualDurationMs } from './pollSchedule';

/** Which of Segmind's APIs serves a call: v1 answers with the result, v2 with a job. */
export type Api = 'sync' | 'async';

/** What holds for a whole run. */
export interface RunOptions {
	/** Maximum number of concurrent requests. */
	concurrency: number;
	/** Maximum number of jobs that run at Segmind at the same time. */
	maxJobs: number;
	/** How often a request is sent again after a temporary error. */
	maxRetries: number;
}

/** One run of a node that runs models: its connection, its limits and what it has learnt on the way. */
export class Run {
	/** How long jobs of a model took in this run, in milliseconds. */
	private readonly seenMs = new Map<string, number[]>();

	/** The input files that are given to models as URLs. */
	readonly uploads: UploadOnce;

	/** What was paid for, in case n8n runs the node again. */
	readonly ledger: Ledger;

	/** What was seen on the way that the user should know; shown on the node. */
	readonly hints: string[] = [];

	/** A job goes on although no item failed: an agent's next call asks for it again. */
	leavesJobs = false;

	private constructor(
		readonly connection: Connection,
		private readonly maxJobs: number,
	) {
		this.uploads = new UploadOnce(connection);
		this.ledger = new Ledger(connection.context, connection.apiKey);
	}

	/** Opens the connection of a run. */
	static async start(context: IExecuteFunctions, options: RunOptions): Promise<Run> {
		return new Run(await connect(context, options), options.maxJobs);
	}

	get apiKey(): string {
		return this.connection.apiKey;
	}

	/** Whether an item has failed in such a way that nothing new may be started. */
	isHalted = false;

	halt(): void {
		this.isHalted = true;
	}

	/** To be called at the end, however it came; `endedWell` when no item failed: nothing will be tried again. */
	close(endedWell: boolean): void {
		this.ledger.close(endedWell && !this.leavesJobs);
	}

	/** How many items may be worked on at once: waiting for jobs costs nothing, open requests do. */
	atOnce(apis: readonly Api[]): number {
		return apis.includes('async') ? this.maxJobs : this.connection.concurrency;
	}

	/** Remembers how long a job took. */
	sawDuration(model: string, durationMs: number): void {
		const seen = this.seenMs.get(model);
		if (seen) seen.push(durationMs);
		else this.seenMs.set(model, [durationMs]);
	}

	/** What a job of the model usually takes, in milliseconds; undefined when nobody knows. */
	usualMs(model: string, averageSeconds: number | null): number | undefined {
		return usualDurationMs(this.seenMs.get(model) ?? [], averageSeconds);
	}
}
