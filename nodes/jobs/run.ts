import type { IExecuteFunctions } from 'n8n-workflow';

import { connect, type Connection } from '../api/connection';
import { hashOfNames } from '../api/keyedState';
import { UploadCache } from '../media/uploadCache';
import { isAgentTool } from './agentTool';
import { CostLedger } from './costLedger';
import { CostLimiter } from './costLimiter';
import { EarlierRequests } from './earlierRequests';
import { estimateHint } from './estimateHint';
import { historyOf } from './historyList';
import { Ledger } from './ledger';
import type { OpenRequest } from './openRequests';
import { RequestSearch } from './requestSearch';
import { reusedHint } from './reusedHint';
import { recordDuration, usualDuration } from './usualDuration';

/** Which Segmind API serves a call: v1 returns the result, v2 a job. */
export type Api = 'sync' | 'async';

/** Options of a whole run. */
export interface RunOptions {
	/** Maximum number of concurrent requests. */
	concurrency: number;
	/** Maximum number of jobs running at Segmind at the same time. */
	maxJobs: number;
	/** Maximum number of retries after a temporary error. */
	maxRetries: number;
	/** What the run may cost, in US dollars; Infinity for no limit. */
	maxCostUsd: number;
}

/** One run of a node that runs models: its connection, its limits and what it has found so far. */
export class Run {
	private readonly maxJobs: number;

	/** The input files that models receive as URLs. */
	readonly uploads: UploadCache;

	/** Records what was paid for, in case n8n runs the node again. */
	readonly ledger: Ledger;

	/** Keeps what is paid for within the limit. */
	readonly costs: CostLimiter;

	/** The estimated costs of items that are only estimated, in US dollars; null if unknown. */
	readonly estimates: Array<number | null> = [];

	/** The earlier requests that may be reused instead of paying again. */
	readonly earlier: EarlierRequests;

	/** How many items reused one. */
	reused = 0;

	private readonly costLedger: CostLedger;

	/** Stands in for the API key in everything that outlives the run. */
	readonly account: string;

	/** Searches for paid requests whose answers were lost. */
	readonly search: RequestSearch;

	/** The lost requests that the search has yet to handle, by the key of their call. */
	readonly lost = new Map<string, OpenRequest>();

	/** Observations made during the run, shown to the user as hints. */
	readonly hints: string[] = [];

	/** A job is still running although no item failed: the agent's next call will collect it. */
	leavesJobs = false;

	private constructor(
		readonly connection: Connection,
		{ maxJobs, maxCostUsd }: RunOptions,
	) {
		const { context, apiKey } = connection;
		this.maxJobs = maxJobs;
		this.uploads = new UploadCache(connection);
		this.ledger = new Ledger(context, apiKey);
		this.account = hashOfNames(apiKey);
		this.search = new RequestSearch(historyOf(connection), this.account, connection.cancel);
		this.costLedger = new CostLedger(context, maxCostUsd < Infinity || isAgentTool(context));
		this.costs = new CostLimiter(connection, this.costLedger, maxCostUsd);
		this.earlier = new EarlierRequests(connection, this.hints, () => this.ledger.requestIds());
	}

	/** Opens the connection of a run. */
	static async start(context: IExecuteFunctions, options: RunOptions): Promise<Run> {
		return new Run(await connect(context, options), options);
	}

	get apiKey(): string {
		return this.connection.apiKey;
	}

	/** Whether a failed item prevents starting anything new. */
	isHalted = false;

	halt(): void {
		this.isHalted = true;
		this.costs.halt();
	}

	/** Call at the end, whatever the outcome; `succeeded` if no item failed, so that nothing will be retried. */
	close(succeeded: boolean): void {
		const isFinished = succeeded && !this.leavesJobs;
		this.ledger.close(isFinished);
		this.costLedger.close(isFinished);
		this.hints.push(...estimateHint(this.estimates), ...reusedHint(this.reused));
	}

	/** How many items may be processed concurrently: waiting for jobs is free, open requests are not. */
	maxConcurrency(apis: readonly Api[]): number {
		return apis.includes('async') ? this.maxJobs : this.connection.concurrency;
	}

	/** Records a job's duration, for this run and later ones. */
	recordDuration(model: string, durationMs: number): void {
		recordDuration(this.connection, model, durationMs);
	}

	/** The usual duration of the model's jobs, in milliseconds; undefined if unknown. */
	usualMs(model: string, averageSeconds: number | null): number | undefined {
		return usualDuration(this.connection, model, averageSeconds);
	}
}
