/** The four hosts of Segmind, each a server of its own here. */
export type Origin = 'api' | 'storage' | 'catalog' | 'files';

export type JobState = 'QUEUED' | 'PROCESSING' | 'COMPLETED' | 'FAILED';

/** What a model gives back; decides the shape of its answers. */
export type OutputKind = 'image' | 'video' | 'audio' | 'text' | 'chat' | 'embedding' | '3d';

/** A job as it is handed in; `index` counts from 0. */
export interface NewJob {
	slug: string;
	body: Record<string, unknown>;
	index: number;
}

export interface SimulatorOptions {
	/** Virtual seconds per real second (default 1); every duration below is virtual. */
	speed?: number;
	/** Makes ids, jitter and picked seeds reproducible (default 1). */
	seed?: number;
	/** Default `SG_` and 16 hex characters made from `seed`. */
	apiKey?: string;
	/** Dollars (default 50). */
	credits?: number;
	/** Dollars (default 0), spent before `credits`. */
	freeCredits?: number;
	/** A valid key without a balance record: 404 from the credits endpoint, and nothing to spend. */
	noCreditsRecord?: boolean;
	/** A token bucket on the api host, in virtual time; polls count. `burst` defaults to a minute's worth. */
	rateLimit?: { requestsPerMinute: number; burst?: number };
	/** Port of the api host, the other three hosts on the next ones (default: any free ones). */
	port?: number;
	/** Slugs that answer 410. */
	retired?: string[];
	/** Seconds from submit to result; without it, or for undefined, those of the model's own profile. */
	duration?: (job: NewJob) => number | undefined;
	/** Makes a job fail, unbilled, when its time is over: with this text, or not at all for undefined. */
	fail?: (job: NewJob) => string | undefined;
	/**
	 * v1 gives up on work slower than this (default 100): with 500 "Internal Polling Error", or for some models with a
	 * gateway's 504 page; others it lets run on.
	 */
	v1CutOffSeconds?: number;
	/** What the answer of a finished job looks like, for what a client may not rely on; undefined for the documented one. */
	shape?: (job: NewJob) => AnswerShape | undefined;
	/** The key of the URLs in an upload's answer (default `file_urls`). */
	uploadAnswer?: 'file_urls' | 'urls' | 'url';
	/**
	 * The virtual present in milliseconds since 1970. Give the clock of the code under test if it runs at a speed of its
	 * own, so that the moments in `x-rate-limit-reset-at-utc` and `date` mean the same to both sides. `speed` has to be
	 * given as well: real waits are computed with it.
	 */
	now?: () => number;
}

/** Undocumented answers, each billed and with a success status. */
export type AnswerShape =
	/** `{"output": "https://..."}`, on v1 as well. */
	| 'url'
	/** The file as base64 text. */
	| 'base64'
	/** `{"status": "failed", "message": ...}`. */
	| 'refusal'
	/** `{"images": [], "nsfw": true}`. */
	| 'nsfw'
	/** Text unrelated to the work. */
	| 'text'
	/** Nothing at all: `{}`, or `output` null. */
	| 'empty';

export interface RecordedRequest {
	/** Virtual milliseconds since the simulator started. */
	at: number;
	origin: Origin;
	method: string;
	/** With the query. */
	path: string;
	headers: Record<string, string>;
	/** Parsed JSON when it is at most 1 MB, else undefined. */
	body: unknown;
	bodyBytes: number;
	bodySha256: string;
	/** What was answered; 0 while unanswered or when the connection was cut before any answer. */
	status: number;
}

export interface JobOutput {
	url: string;
	contentType: string;
	fileName: string;
}

export interface SimulatedJob {
	requestId: string;
	kind: 'sync' | 'async' | 'pixelflow';
	slug: string;
	/** Strings of more than 1 MB are replaced by their length and digest. */
	body: Record<string, unknown>;
	state: JobState;
	/** Virtual milliseconds since the simulator started, as `readyAt`. */
	submittedAt: number;
	readyAt: number;
	/** Dollars taken; 0 until it is completed. */
	billed: number;
	outputs: JobOutput[];
	seed: number | null;
	error: string | null;
}

/** A row of the request history; what has not landed yet is null. Source: segmind-python 1.3.0. */
export interface HistoryRow {
	request_id: string;
	model_name: string;
	model_status: 'COMPLETED' | 'FAILED' | 'PENDING' | null;
	/** Dollars, in each of a request's rows those of the whole request. */
	credits_deduction: number | null;
	request_body: Record<string, unknown> | null;
	generation_url: string | null;
	latency_ms: number | null;
	created_at: string;
	error: string | null;
}

export interface PageOfHistory {
	rows: HistoryRow[];
	page: number;
	perPage: number;
	/** Of all pages. */
	total: number;
}

/** The request history, as a test may change it; `reset` restores it. */
export interface SimulatedHistory {
	/** Virtual seconds from a job's submission until its row is there (default 0); Infinity for a job never listed. */
	landsAfter: (job: SimulatedJob) => number;
	/** Virtual seconds from a job's end until its row says so (default 0): until then it is PENDING. */
	endsAfter: (job: SimulatedJob) => number;
	/** The body of a page, for other shapes and for pages without end. */
	shape: (page: PageOfHistory) => unknown;
	/** Adds a row: an old one, a twin, or one of a team mate (`mine` false), which asking by id does not find. */
	add(row: Partial<HistoryRow> & { request_id: string }, whose?: { mine?: boolean }): void;
}

export interface Upload {
	url: string;
	contentType: string;
	bytes: number;
	sha256: string;
}

export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

export type Fault =
	/** The connection is reset before the body is read. */
	| 'reset'
	/** The connection is reset once the body was read. */
	| 'resetAfterBody'
	/** Headers and half of the answer, then a reset. */
	| 'resetMidAnswer'
	/** No answer ever; the connection stays open. */
	| 'hang'
	/** Headers and some bytes, then nothing. */
	| 'hangInBody'
	/** Bytes for ever, until the client leaves. */
	| 'endlessBody'
	/** The answer in 20 pieces, a virtual second apart. */
	| 'slowBody'
	/** The full Content-Length is announced, half of it sent, and the connection closed properly. */
	| 'truncate'
	/** 64 MB behind a few kilobytes of gzip. */
	| 'gzipBomb'
	/** The right answer in gzip, whatever the client accepts. */
	| 'compressed'
	/** The same, of which half is sent before a reset. */
	| 'cutCompressed'
	/** JSON cut in the middle, with a matching Content-Length. */
	| 'brokenJson'
	/** The right body called text/plain. */
	| 'wrongContentType'
	| 'emptyBody'
	/** A redirect to `location`. */
	| 'redirect';

export type ScriptedAnswer = {
	/** Virtual seconds before anything is answered. */
	delaySeconds?: number;
} & (
	| {
			status?: number;
			headers?: Record<string, string>;
			body?: string | Buffer | object;
			fault?: undefined;
			transform?: undefined;
	  }
	| {
			fault: Fault;
			/** The work is accepted and billed as usual and only its answer is damaged (always so for a GET). */
			afterProcessing?: boolean;
			/** Where a `redirect` leads. */
			location?: string;
			/** Of a `redirect` (default 302). */
			status?: number;
			transform?: undefined;
	  }
	| { transform: (normal: Answer) => Answer; fault?: undefined }
);

export interface ScriptRule {
	origin?: Origin;
	method?: string;
	/** A string matches the path without its query exactly, or with it; a RegExp is tried on the path with its query. */
	path?: string | RegExp;
	/** How many requests it answers (default 1). */
	times?: number;
	/** Lets the first n matching requests pass. */
	skip?: number;
	/** A function that gives undefined passes the request on and stays unused. */
	answer: ScriptedAnswer | ((request: RecordedRequest) => ScriptedAnswer | undefined);
}

/** The fields of the `segmindApi` credential. */
export interface SimulatorCredential {
	apiKey: string;
	customEndpoints: true;
	baseUrl: string;
	storageUrl: string;
	catalogUrl: string;
}

export interface Simulator {
	readonly apiKey: string;
	readonly url: string;
	readonly storageUrl: string;
	readonly catalogUrl: string;
	readonly filesUrl: string;
	readonly credential: SimulatorCredential;
	/** Every request on every origin, in order of arrival. */
	readonly requests: RecordedRequest[];
	/** Accepted work, in order of acceptance. */
	readonly jobs: SimulatedJob[];
	readonly uploads: Upload[];
	readonly history: SimulatedHistory;
	/** Dollars left; may be set. */
	credits: number;
	freeCredits: number;
	/** Requests to the files origin that carried the key anywhere. */
	readonly keyLeaks: number;
	/** Requests to the catalog origin that carried the key without need: all but those for the request history. */
	readonly catalogKeys: number;
	/** Requests to the api and storage origins not answered yet. */
	readonly inFlight: number;
	readonly maxInFlight: number;
	/** The most jobs that were queued or processing at once. */
	readonly maxRunningJobs: number;
	/** The virtual milliseconds since the start, as in `requests` and `jobs`. */
	now(): number;
	script(rule: ScriptRule): void;
	/** Puts a file on the files origin and returns its URL. */
	publish(bytes: Buffer, fileName: string, contentType: string): string;
	/** Forgets requests, jobs, the history, uploads, counters and scripts, and restores the credits; published files stay. */
	reset(): void;
	/** Closes all sockets at once. */
	close(): Promise<void>;
}
