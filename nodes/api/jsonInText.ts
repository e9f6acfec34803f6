import { parseJson } from './json';

const FENCE = '```';

/**
 * The JSON in a model's text: the whole text, or the part in a code fence, after the model's thoughts, or between
 * polite phrases; undefined if there is none.
 */
export function jsonInText(text: string): unknown {
	const reply = text.replace(/^\s*<think>[\s\S]*?<\/think>/i, '').trim();
	const places = [reply, inFence(reply), between(reply, '{', '}'), between(reply, '[', ']')];
	for (const place of places) {
		const value = place === undefined ? undefined : parseJson(place.trim());
		if (typeof value === 'object' && value !== null) return value;
	}
	return undefined;
}

/** The content of the first code fence, without its language tag; a truncated answer may not close it. */
function inFence(text: string): string | undefined {
	const [, rest] = splitAt(text, FENCE);
	if (rest === undefined) return undefined;
	return splitAt(rest, FENCE)[0].replace(/^[\w-]*/, '');
}

function splitAt(text: string, mark: string): [before: string, after?: string] {
	const at = text.indexOf(mark);
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

function between(text: string, first: string, last: string): string | undefined {
	const from = text.indexOf(first);
	const to = text.lastIndexOf(last);
	return from >= 0 && to > from ? text.slice(from, to + 1) : undefined;
}
