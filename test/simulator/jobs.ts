import type { KnownModel } from './models';
import { newWork, type Contract, type Work } from './newWork';
import type { SimulatedJob } from './types';
import type { World } from './world';

/** A record is gone an hour after its submission, finished or not. */
const RECORD_MS = 3600 * 1000;

/** All accepted work. States and bills are updated on access: no timer runs for a job. */
export class JobBook {
	readonly jobs: SimulatedJob[] = [];

	maxRunning = 0;

	private readonly works = new Map<string, Work>();

	private pending: Work[] = [];

	constructor(private readonly world: World) {}

	clear(): void {
		this.jobs.length = 0;
		this.works.clear();
		this.pending = [];
		this.maxRunning = 0;
	}

	/** Dollars set aside for jobs that still run. */
	reserved(): number {
		return this.pending.reduce((sum, work) => sum + work.price, 0);
	}

	accept(contract: Contract, model: KnownModel, body: Record<string, unknown>): Work {
		this.settle();
		const work = newWork(this.world, contract, model, body, this.jobs.length);
		this.jobs.push(work.job);
		this.works.set(work.job.requestId, work);
		this.pending.push(work);
		this.maxRunning = Math.max(this.maxRunning, this.pending.length);
		return work;
	}

	/** The work with this id, if its record still exists. */
	find(requestId: string): Work | undefined {
		this.settle();
		const work = this.works.get(requestId);
		if (!work || this.world.time.now() - work.job.submittedAt > RECORD_MS) return undefined;
		return work;
	}

	/** Brings every job to the state it has by now, in the order in which they end. */
	settle(): void {
		const now = this.world.time.now();
		const due = this.pending.filter((work) => work.job.readyAt <= now);
		for (const work of this.pending) {
			if (work.job.state === 'QUEUED' && work.startsAt <= now) work.job.state = 'PROCESSING';
		}
		if (due.length === 0) return;
		this.pending = this.pending.filter((work) => work.job.readyAt > now);
		for (const work of due.sort((one, other) => one.job.readyAt - other.job.readyAt)) {
			this.end(work);
		}
	}

	private end(work: Work): void {
		const { job, products } = work;
		if (job.error !== null) {
			job.state = 'FAILED';
			return;
		}
		job.state = 'COMPLETED';
		job.billed = work.price;
		this.world.purse.spend(work.price);
		work.remaining = this.world.purse.total();
		job.outputs = products.files.map((recipe) => {
			const { url, contentType, fileName } = this.world.files.addOutput(
				recipe,
				this.world.random,
				job.readyAt,
			);
			return { url, contentType, fileName };
		});
	}
}
