import { parseJson } from './json';

/**
 * The JSON in a model's text: the whole text, or the part in a code fence, after the model's thoughts, or between
 * polite phrases; undefined if there is none.
 */
export function jsonInText(text: string): unknown {
	const reply = text.replace(/^\s*<think>[\s\S]*?<\/think>/i, '').trim();
	const fenced = /```[\w-]*[ \t]*\r?\n?([\s\S]*?)```/.exec(reply)?.[1];
	const open = /^```[\w-]*\s*([\s\S]*)$/.exec(reply)?.[1];
	const places = [reply, fenced, open, between(reply, '{', '}'), between(reply, '[', ']')];
	for (const place of places) {
		const value = place === undefined ? undefined : parseJson(place.trim());
		if (typeof value === 'object' && value !== null) return value;
	}
	return undefined;
}

function between(text: string, first: string, last: string): string | undefined {
	const from = text.indexOf(first);
	const to = text.lastIndexOf(last);
	return from >= 0 && to > from ? text.slice(from, to + 1) : undefined;
}
