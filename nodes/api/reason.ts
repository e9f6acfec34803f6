import { parseJson } from './json';
import type { Answer } from './request';

const MAX_QUOTE = 1000;
const MAX_TITLE = 100;
/** How much of a page is searched for its title, in characters. */
const MAX_HEAD = 5_000;

/**
 * Segmind's own message in an error body: `error` (text or an object with `message`), `detail`, `message`,
 * `error_message`, `error_description`, then the raw text. Empty for an HTML page, which is a gateway's.
 */
export function apiText({ json, text }: Pick<Answer, 'json' | 'text'>): string {
	const message = reasonOf(json) ?? (isPage(text) ? '' : text.trim());
	return message.length > MAX_QUOTE ? `${message.slice(0, MAX_QUOTE)}…` : message;
}

/**
 * The answer as a sentence: quoted, or for a web page only its title. Empty for an empty answer.
 * @param isOwn false if the words are not Segmind's
 */
export function quoteAnswer(answer: Pick<Answer, 'json' | 'text'>, isOwn = true): string {
	const message = apiText(answer);
	if (message) return `${isOwn ? 'Segmind said' : 'The answer was'}: "${message}"`;
	if (!isPage(answer.text)) return '';
	const title = titleOf(answer.text);
	return `The answer was a web page${title ? ` titled "${title.slice(0, MAX_TITLE)}"` : ''}.`;
}

/**
 * The first title or headline of a page. The pattern is tried only there: trying it at every tag of a long page would
 * take quadratic time.
 */
function titleOf(page: string): string | undefined {
	const at = page.search(/<(title|h1)/i);
	return /^<\w[^>]*>([^<]*)/.exec(page.slice(Math.max(0, at), at + MAX_HEAD))?.[1]?.trim();
}

/** Whether a text is a web page. */
export function isPage(text: string): boolean {
	return /<html|<!doctype/i.test(text);
}

/** Keys of a reason, the most specific first; in lower case and without underscores, since APIs differ in that. */
const REASON_KEYS = [
	'error',
	'errors',
	'err',
	'detail',
	'details',
	'errormessage',
	'errormsg',
	'errordescription',
	'failurereason',
	'failure',
	'reason',
	'message',
	'msg',
	'refusal',
];
/** Longer keys are no reason's, in characters. */
const MAX_KEY = 20;
/** Longer texts are not parsed for a reason inside them, in characters: that would hold n8n's event loop. */
const MAX_INNER_JSON = 100_000;
/** Maximum number of reasons read from a list. */
const MAX_REASONS = 100;
/** How many fields are searched in all, inside long texts as many as fit: with more, an answer is data. */
const MAX_FIELDS = 10_000;
const TEXT_PER_FIELD = 100;
/** Keys that name the part a reason is about: a node or model of a PixelFlow. */
const SUBJECT_KEYS = ['node', 'node_name', 'model', 'model_name'];

/**
 * The reason in an error of any documented or observed form, or undefined: text, JSON in a text, an object, a list;
 * with the field, node or model if one is named.
 */
export function reasonOf(json: unknown): string | undefined {
	return reasonIn(json, { fields: MAX_FIELDS });
}

/** The same, in what is left to search: to list the fields of large data would hold n8n's event loop. */
function reasonIn(json: unknown, left: { fields: number }): string | undefined {
	if (typeof json === 'string') {
		const text = json.trim();
		const isJson = left.fields > 0 && text.length <= MAX_INNER_JSON && /^[{["]/.test(text);
		if (isJson) left.fields -= text.length / TEXT_PER_FIELD;
		const inner = isJson ? parseJson(text) : undefined;
		return (inner === undefined ? undefined : reasonIn(inner, left)) ?? (text || undefined);
	}
	if (Array.isArray(json)) {
		const reasons = json.slice(0, MAX_REASONS).map((entry) => reasonWithSubject(entry, left));
		return reasons.filter(Boolean).join('; ') || undefined;
	}
	if (typeof json !== 'object' || json === null || left.fields <= 0) return undefined;
	const body = json as Record<string, unknown>;
	const keys = Object.keys(body).slice(0, MAX_FIELDS);
	left.fields -= keys.length;
	const plainKeys = keys.map(plain);
	for (const plainKey of REASON_KEYS) {
		const key = keys[plainKeys.indexOf(plainKey)];
		if (key === undefined) continue;
		const reason = reasonIn(body[key], left) ?? reasonsByField(body[key], left);
		if (!reason) continue;
		return Array.isArray(body.loc) ? `${body.loc.join('.')}: ${reason}` : reason;
	}
	return undefined;
}

function plain(key: string): string {
	return key.length > MAX_KEY ? key : key.toLowerCase().replaceAll('_', '');
}

/** The reasons of an object with one or more per field, as in {prompt: ["too long"]}. */
function reasonsByField(value: unknown, left: { fields: number }): string | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
	if (left.fields <= 0) return undefined;
	const fields = Object.entries(value).slice(0, MAX_REASONS);
	const reasons = fields.flatMap(([name, entry]) => {
		const reason = SUBJECT_KEYS.includes(name) ? undefined : reasonIn(entry, left);
		return reason ? [`${name}: ${reason}`] : [];
	});
	return reasons.join('; ') || undefined;
}

/** One of several reasons, prefixed with what it is about. */
function reasonWithSubject(entry: unknown, left: { fields: number }): string | undefined {
	const reason = reasonIn(entry, left);
	const fields = (entry ?? {}) as Record<string, unknown>;
	const subject = SUBJECT_KEYS.map((name) => fields[name]).find((name) => typeof name === 'string');
	return reason && [subject, reason].filter(Boolean).join(': ');
}
