import type { NewJob, ScriptedAnswer, Simulator, SimulatorOptions } from './types';

/** Words in a prompt that make the simulated Segmind behave in a way that is seldom seen, and hard to wait for. */
interface MagicWord {
	word: string;
	/** What a person will see. */
	shows: string;
	/** Answers a paid request in place of Segmind. */
	answer?: ScriptedAnswer;
	/** Answers only the first request with the same body. */
	once?: boolean;
}

const MAGIC_WORDS: MagicWord[] = [
	{ word: 'forbidden', shows: 'a refusal by the content filter, not billed' },
	{ word: 'endless', shows: 'a job that never ends: try Stop, and Check Status' },
	{ word: 'empty answer', shows: 'an answer that was billed and holds no file' },
	{
		word: 'too many',
		shows: '“too many requests”, which the node waits for',
		answer: {
			status: 429,
			headers: { 'retry-after': '5' },
			body: { error: 'rate_limit_exceeded' },
		},
		once: true,
	},
	{
		word: 'no credits',
		shows: 'a balance that is too low',
		answer: { status: 406, body: { error: 'Insufficient credits' } },
	},
	{
		word: 'bad gateway',
		shows: 'a gateway’s error page',
		answer: {
			status: 502,
			headers: { 'content-type': 'text/html' },
			body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
		},
	},
];

/** The words and what they show, a line each. */
export function magicWordLines(): string {
	return MAGIC_WORDS.map(({ word, shows }) => `  ${word.padEnd(14)} ${shows}`).join('\n');
}

const NEVER_SECONDS = 1_000_000;

const has = (word: string, body: unknown) =>
	new RegExp(`\\b${word}\\b`, 'i').test(JSON.stringify(body) ?? '');

/** The options of a simulator that knows the words; `duration` is that of all other jobs (default: the model's own). */
export function withMagicWords(
	duration?: (job: NewJob) => number,
): Pick<SimulatorOptions, 'duration' | 'fail' | 'shape'> {
	return {
		duration: (job) => (has('endless', job.body) ? NEVER_SECONDS : duration?.(job)),
		fail: ({ body }) => (has('forbidden', body) ? 'NSFW content detected' : undefined),
		shape: ({ body }) => (has('empty answer', body) ? 'empty' : undefined),
	};
}

/** Makes the simulator answer the words that a job's options cannot. */
export function answerMagicWords(simulator: Simulator): void {
	const seen = new Set<string>();
	simulator.script({
		origin: 'api',
		method: 'POST',
		times: Infinity,
		answer: ({ body }) => {
			const text = JSON.stringify(body) ?? '';
			const magic = MAGIC_WORDS.find(({ word, answer }) => answer && has(word, body));
			if (!magic || (magic.once && seen.has(text))) return undefined;
			seen.add(text);
			return magic.answer;
		},
	});
}
