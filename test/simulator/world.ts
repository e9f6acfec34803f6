import { FileStore } from './fileStore';
import { History } from './history';
import { JobBook } from './jobs';
import { Purse } from './purse';
import { hex, randomFrom, type Random } from './random';
import { RateLimit } from './rateLimit';
import { Rules } from './rules';
import type { Origin, RecordedRequest, SimulatorOptions, Upload } from './types';
import { VirtualTime } from './virtualTime';

/** Everything the endpoints share. */
export class World {
	readonly time: VirtualTime;

	readonly apiKey: string;

	readonly v1CutOffSeconds: number;

	readonly duration: SimulatorOptions['duration'];

	readonly fail: SimulatorOptions['fail'];

	readonly shape: SimulatorOptions['shape'];

	readonly uploadAnswer: SimulatorOptions['uploadAnswer'];

	readonly retired: ReadonlySet<string>;

	readonly noCreditsRecord: boolean;

	readonly rules = new Rules();

	readonly requests: RecordedRequest[] = [];

	readonly uploads: Upload[] = [];

	/** Filled in once the servers listen. */
	readonly urls: Record<Origin, string> = { api: '', storage: '', catalog: '', files: '' };

	readonly files = new FileStore(() => this.urls.files);

	readonly jobs: JobBook = new JobBook(this);

	readonly history: History = new History(this);

	random!: Random;

	/** Of the ids: never reset, since no two requests of Segmind have the same. */
	readonly idRandom: Random;

	purse!: Purse;

	limit: RateLimit | undefined;

	keyLeaks = 0;

	catalogKeys = 0;

	inFlight = 0;

	maxInFlight = 0;

	constructor(private readonly options: SimulatorOptions) {
		this.time = new VirtualTime(options.speed ?? 1, options.now);
		this.apiKey = options.apiKey ?? `SG_${hex(randomFrom((options.seed ?? 1) + 1), 16)}`;
		this.v1CutOffSeconds = options.v1CutOffSeconds ?? 100;
		this.idRandom = randomFrom((options.seed ?? 1) + 2);
		this.duration = options.duration;
		this.fail = options.fail;
		this.shape = options.shape;
		this.uploadAnswer = options.uploadAnswer;
		this.retired = new Set(options.retired);
		this.noCreditsRecord = options.noCreditsRecord ?? false;
		this.reset();
	}

	reset(): void {
		const { options } = this;
		this.random = randomFrom(options.seed ?? 1);
		this.purse = options.noCreditsRecord
			? new Purse(0, 0)
			: new Purse(options.credits ?? 50, options.freeCredits ?? 0);
		this.limit = options.rateLimit && new RateLimit(this.time, options.rateLimit);
		this.rules.clear();
		this.jobs.clear();
		this.history.clear();
		this.requests.length = 0;
		this.uploads.length = 0;
		this.keyLeaks = 0;
		this.catalogKeys = 0;
		this.maxInFlight = this.inFlight;
	}

	/** Whether the balance, less what running jobs have reserved, covers a price. */
	canAfford(price: number): boolean {
		this.jobs.settle();
		return this.purse.total() - this.jobs.reserved() >= price;
	}
}
