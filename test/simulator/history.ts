import type { HistoryRow, PageOfHistory, SimulatedHistory, SimulatedJob } from './types';
import type { World } from './world';

/** A row as the history keeps it, with whose it is. */
export interface KeptRow {
	row: HistoryRow;
	mine: boolean;
}

/** All requests of the key's team: those of the accepted work, as late as a test wants, and rows that a test adds. */
export class History implements SimulatedHistory {
	landsAfter!: (job: SimulatedJob) => number;

	endsAfter!: (job: SimulatedJob) => number;

	shape!: (page: PageOfHistory) => unknown;

	private added: KeptRow[] = [];

	constructor(private readonly world: World) {
		this.clear();
	}

	clear(): void {
		this.landsAfter = () => 0;
		this.endsAfter = () => 0;
		this.shape = ({ rows, page, perPage, total }) => ({
			data: rows,
			pagination: { page, per_page: perPage, total },
		});
		this.added = [];
	}

	add(row: Partial<HistoryRow> & { request_id: string }, { mine = true } = {}): void {
		this.added.push({
			mine,
			row: {
				model_name: 'fast-flux-schnell',
				model_status: 'COMPLETED',
				credits_deduction: 0.01,
				request_body: {},
				generation_url: null,
				latency_ms: 1000,
				created_at: this.world.time.date().toISOString(),
				error: null,
				...row,
			},
		});
	}

	/** The rows that have landed by now, newest first. */
	rows(): KeptRow[] {
		const { jobs } = this.world;
		jobs.settle();
		const own = jobs.jobs.flatMap((job) => this.rowsOf(job)).map((row) => ({ row, mine: true }));
		return [...own, ...this.added].sort(
			(one, other) => Date.parse(other.row.created_at) - Date.parse(one.row.created_at),
		);
	}

	/** One row per output, each with the whole cost; no source says that PixelFlows are listed. */
	private rowsOf(job: SimulatedJob): HistoryRow[] {
		const now = this.world.time.now();
		if (job.kind === 'pixelflow' || now < job.submittedAt + this.landsAfter(job) * 1000) return [];
		const hasEnded = job.state === 'COMPLETED' || job.state === 'FAILED';
		const isKnown = hasEnded && now >= job.readyAt + this.endsAfter(job) * 1000;
		const row: HistoryRow = {
			request_id: job.requestId,
			model_name: job.slug,
			model_status: isKnown ? (job.state as HistoryRow['model_status']) : 'PENDING',
			credits_deduction: isKnown ? job.billed : null,
			request_body: job.body,
			generation_url: null,
			latency_ms: isKnown ? Math.round(job.readyAt - job.submittedAt) : null,
			created_at: this.world.time.date(job.submittedAt).toISOString(),
			error: isKnown ? job.error : null,
		};
		if (!isKnown || job.outputs.length === 0) return [row];
		return job.outputs.map(({ url }) => ({ ...row, generation_url: url }));
	}
}
