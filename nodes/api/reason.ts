import type { Answer } from './request';

const MAX_QUOTE = 1000;
const MAX_TITLE = 100;

/**
 * Segmind's own words in an error body: `error` (text or an object with `message`), `detail`, `message`,
 * `error_message`, `error_description`, then the raw text. Empty for an HTML page, which is a gateway's.
 */
export function apiText({ json, text }: Pick<Answer, 'json' | 'text'>): string {
	const said = reasonOf(json) ?? (isPage(text) ? '' : text.trim());
	return said.length > MAX_QUOTE ? `${said.slice(0, MAX_QUOTE)}…` : said;
}

/** The answer as a sentence: quoted, but a web page is only named. Empty for an empty answer. */
export function quoteAnswer(answer: Pick<Answer, 'json' | 'text'>): string {
	const said = apiText(answer);
	if (said) return `Segmind said: "${said}"`;
	if (!isPage(answer.text)) return '';
	const title = /<(title|h1)[^>]*>([^<]*)</i.exec(answer.text)?.[2]?.trim();
	return `The answer was a web page${title ? ` titled "${title.slice(0, MAX_TITLE)}"` : ''}.`;
}

function isPage(text: string): boolean {
	return /<html|<!doctype/i.test(text);
}

/** The reason in an error object of any of the documented shapes, or undefined; with the field where one is named. */
export function reasonOf(json: unknown): string | undefined {
	if (typeof json === 'string') return json.trim() || undefined;
	if (Array.isArray(json)) return json.map(reasonOf).filter(Boolean).join('; ') || undefined;
	if (typeof json !== 'object' || json === null) return undefined;
	const body = json as Record<string, unknown>;
	for (const key of ['error', 'detail', 'message', 'msg', 'error_message', 'error_description']) {
		const reason = reasonOf(body[key]);
		if (reason) return Array.isArray(body.loc) ? `${body.loc.join('.')}: ${reason}` : reason;
	}
	return undefined;
}
