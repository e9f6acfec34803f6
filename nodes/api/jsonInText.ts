import { parseJson } from './json';

/**
 * The JSON that a model's text holds: the text itself, or what stands in a code fence, after the model's thoughts, or
 * between words of courtesy; undefined where there is none.
 */
export function jsonInText(text: string): unknown {
	const said = text.replace(/^\s*<think>[\s\S]*?<\/think>/i, '').trim();
	const fenced = /```[\w-]*[ \t]*\r?\n?([\s\S]*?)```/.exec(said)?.[1];
	const open = /^```[\w-]*\s*([\s\S]*)$/.exec(said)?.[1];
	const places = [said, fenced, open, between(said, '{', '}'), between(said, '[', ']')];
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
