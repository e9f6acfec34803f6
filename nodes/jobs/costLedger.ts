import type { IExecuteFunctions } from 'n8n-workflow';

import { isAgentTool } from './agentTool';
import { seenCostAfter, type SeenCost } from './costPolicy';
import { runIndexOf } from './runIndex';

/** The key of the costs in the node's context, which survives Retry On Fail. */
const CONTEXT_KEY = 'segmindCosts';

/** What is kept in the node's context: plain data. */
interface Costs {
	executionId: string;
	runIndex: number;
	/** US dollars. */
	spentUsd: number;
	/** Requests that were or may have been billed, but whose cost is not known yet, with their estimates. */
	open: Array<{ key: string; usd: number | null }>;
	seen: Array<{ model: string; cost: SeenCost }>;
}

/**
 * What one run of a node has cost, including its earlier tries under Retry On Fail; for an agent's tool, what all calls of
 * the node in the execution have cost. A new execution, such as one started by the Retry button, starts at zero.
 */
export class CostLedger {
	private readonly costs: Costs;

	/** @param isPersistent whether it has to outlive this try because something depends on it */
	constructor(
		private readonly context: IExecuteFunctions,
		isPersistent: boolean,
	) {
		const executionId = String(context.getExecutionId());
		const runIndex = isPersistent ? runIndexOf(context) : 0;
		const nodeContext = context.getContext('node');
		const kept = nodeContext[CONTEXT_KEY] as Costs | undefined;
		const isOwn = kept?.executionId === executionId && kept.runIndex === runIndex;
		this.costs =
			isPersistent && isOwn ? kept : { executionId, runIndex, spentUsd: 0, open: [], seen: [] };
		if (isPersistent) nodeContext[CONTEXT_KEY] = this.costs;
	}

	/** Identifies the ledger for all calls that share it. */
	get identity(): object {
		return this.costs;
	}

	/** US dollars, with estimates for what is not known yet. */
	get spentUsd(): number {
		return this.costs.open.reduce((sum, { usd }) => sum + (usd ?? 0), this.costs.spentUsd);
	}

	get hasUnknownCost(): boolean {
		return this.costs.open.some(({ usd }) => usd === null);
	}

	seenCost(model: string): SeenCost | undefined {
		return this.costs.seen.find((entry) => entry.model === model)?.cost;
	}

	/** Remembers what a request of the model has cost, for later estimates. */
	learn(model: string, costUsd: number, images: number): void {
		const { seen } = this.costs;
		const cost = seenCostAfter(this.seenCost(model), costUsd, images);
		const known = seen.find((entry) => entry.model === model);
		if (known) known.cost = cost;
		else seen.push({ model, cost });
	}

	/** Adds what a request has cost. */
	spend(costUsd: number): void {
		this.costs.spentUsd += costUsd;
	}

	/** Adds a request that was or may have been billed, and whose cost may become known later. */
	owe(key: string, estimateUsd: number | null): void {
		this.costs.open.push({ key, usd: estimateUsd });
	}

	/** Replaces an earlier try's estimate for a request by its cost; what another execution sent is not counted. */
	settle(key: string, costUsd: number): void {
		const { open } = this.costs;
		const index = open.findIndex((entry) => entry.key === key);
		if (index < 0) return;
		open.splice(index, 1);
		this.spend(costUsd);
	}

	/** Ends the run; if no item failed, nothing will be retried, and only an agent may still come back. */
	close(succeeded: boolean): void {
		const nodeContext = this.context.getContext('node');
		const isOwn = nodeContext[CONTEXT_KEY] === this.costs;
		if (succeeded && isOwn && !isAgentTool(this.context)) delete nodeContext[CONTEXT_KEY];
	}
}
