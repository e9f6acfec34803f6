import type { Connection } from '../api/connection';
import { billed } from '../api/failedItem';
import { asFailure, SegmindFailure } from '../api/failure';
import { stopIfCancelled } from '../api/request';
import { overLimit, runOverLimit, unpriced } from './costFailures';
import type { CostLedger } from './costLedger';
import { decideOnCost, estimatedCost, fitInto, type CostDecision } from './costPolicy';
import type { ModelCall } from './modelCall';

/** The part of a call that its price depends on. */
export type PricedCall = Pick<ModelCall, 'key' | 'slug' | 'averageUsd' | 'images'>;

/** A request in flight. */
interface Reservation {
	estimateUsd: number | null;
	/** Set once Segmind has reported it. */
	costUsd?: number;
}

/** What all calls that share a ledger have in flight, and the calls waiting for it to end. */
interface Shared {
	inFlight: Set<Reservation>;
	waiting: Array<() => void>;
}

const sharedByLedger = new WeakMap<object, Shared>();

/** Sends paid requests only as long as their costs stay within the run's limit; the rules are in `costPolicy.ts`. */
export class CostLimiter {
	private readonly shared: Shared;
	private readonly ownInFlight = new Map<string, Reservation>();
	private isHalted = false;

	/** @param limitUsd US dollars; Infinity for no limit */
	constructor(
		private readonly connection: Pick<Connection, 'cancel'>,
		private readonly ledger: CostLedger,
		private readonly limitUsd: number,
	) {
		this.shared = sharedByLedger.get(ledger.identity) ?? { inFlight: new Set(), waiting: [] };
		sharedByLedger.set(ledger.identity, this.shared);
	}

	get isLimited(): boolean {
		return this.limitUsd < Infinity;
	}

	/** What a call will cost, in US dollars; null if unknown. */
	estimate({ slug, averageUsd, images }: PricedCall): number | null {
		return estimatedCost(this.ledger.seenCost(slug), averageUsd, images);
	}

	/** Throws if the estimates of all calls together are over the limit. */
	expectFit(calls: readonly PricedCall[]): void {
		const estimates = calls.map((call) => this.estimate(call));
		const fit = fitInto(this.limitUsd, this.ledger.spentUsd, estimates);
		if (fit.fitting < calls.length) throw runOverLimit(calls.length, fit, this.money());
	}

	/**
	 * Sends a call as soon as it fits, and records what it costs.
	 * @throws SegmindFailure `notSent` if it does not
	 */
	async within<T>(call: PricedCall, send: () => Promise<T>): Promise<T> {
		const reservation = await this.reserve(call);
		let mayBeBilled = true;
		try {
			return await send();
		} catch (thrown) {
			const failure = asFailure(thrown);
			mayBeBilled = billed(failure.details) !== 'no';
			throw failure;
		} finally {
			this.release(call, reservation, mayBeBilled);
		}
	}

	/** Call as soon as an answer has arrived, with the call's cost in US dollars, or null if the answer does not say. */
	recordCost({ key, slug, images }: PricedCall, costUsd: number | null): void {
		if (costUsd === null || costUsd < 0) return;
		this.ledger.learn(slug, costUsd, images);
		const reservation = this.ownInFlight.get(key);
		if (reservation) reservation.costUsd = costUsd;
		else this.ledger.settle(key, costUsd);
	}

	/** Call when nothing new may be sent. */
	halt(): void {
		this.isHalted = true;
		this.wakeAll();
	}

	private async reserve(call: PricedCall): Promise<Reservation> {
		for (;;) {
			stopIfCancelled(this.connection);
			if (this.isHalted) {
				throw new SegmindFailure('not started, nothing was sent', { stopped: true });
			}
			const estimateUsd = this.estimate(call);
			const decision = this.decide(estimateUsd);
			if (decision === 'overLimit') throw overLimit(call.slug, estimateUsd, this.money());
			if (decision === 'unpriced') throw unpriced(call.slug, this.money());
			if (decision === 'send') {
				const reservation = { estimateUsd };
				this.shared.inFlight.add(reservation);
				this.ownInFlight.set(call.key, reservation);
				return reservation;
			}
			await this.nextChange();
		}
	}

	private decide(estimateUsd: number | null): CostDecision {
		if (!this.isLimited) return 'send';
		const inFlight = [...this.shared.inFlight].map(
			(reservation) => reservation.costUsd ?? reservation.estimateUsd,
		);
		const { hasUnknownCost } = this.ledger;
		return decideOnCost({ ...this.money(), inFlight, hasUnknownCost }, estimateUsd);
	}

	private money() {
		return { limitUsd: this.limitUsd, spentUsd: this.ledger.spentUsd };
	}

	private release({ key }: PricedCall, reservation: Reservation, mayBeBilled: boolean): void {
		this.shared.inFlight.delete(reservation);
		this.ownInFlight.delete(key);
		const { costUsd, estimateUsd } = reservation;
		if (costUsd !== undefined) this.ledger.spend(costUsd);
		else if (mayBeBilled) this.ledger.owe(key, estimateUsd);
		this.wakeAll();
	}

	/** Resolves when a request in flight has ended, or when the run is stopped or halted. */
	private async nextChange(): Promise<void> {
		const { cancel } = this.connection;
		await new Promise<void>((resolve) => {
			const wake = () => {
				cancel?.removeEventListener('abort', wake);
				resolve();
			};
			cancel?.addEventListener('abort', wake);
			this.shared.waiting.push(wake);
		});
	}

	private wakeAll(): void {
		for (const wake of this.shared.waiting.splice(0)) wake();
	}
}
