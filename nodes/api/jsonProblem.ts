import { causeOf, type JsonError } from './jsonCause';

type Expected = JsonError['expected'];

/** How much of the text a message shows on each side of the place, in characters. */
const MAX_EXCERPT = 25;

/** What is wrong with a text that is not JSON, and where, with an excerpt; undefined for valid JSON. */
export function jsonProblem(text: string): string | undefined {
	const error = firstError(text);
	if (!error) return undefined;
	const before = text.slice(0, error.at);
	const line = before.split('\n').length;
	const column = error.at - before.lastIndexOf('\n');
	return `${causeOf(text, error)} (line ${line}, column ${column}${excerptAt(text, error.at)})`;
}

function excerptAt(text: string, at: number): string {
	const from = Math.max(0, at - MAX_EXCERPT);
	const excerpt = text.slice(from, at + MAX_EXCERPT).replace(/[\r\n\t]/g, ' ');
	const ellipses = [from > 0 ? '…' : '', at + MAX_EXCERPT < text.length ? '…' : ''];
	return excerpt.trim() ? `, near ${ellipses[0]}${excerpt.trim()}${ellipses[1]}` : '';
}

const BLANKS = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** The allowed characters of a string. Of the control characters only the first 32 are not allowed. */
const CHARACTERS = /(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy;

/** Where a pattern's match ends, or `at` itself. */
function after(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** Source: RFC 8259. For many errors JSON.parse gives no position, and its wording varies between versions of Node.js. */
function firstError(text: string): JsonError | undefined {
	const open: string[] = [];
	let expected: Expected = 'value';
	let at = 0;
	for (;;) {
		at = after(BLANKS, text, at);
		const char = text.charAt(at);
		if (!char) return expected === 'end' ? undefined : { at, expected, isInString: false };
		const next: Expected | undefined =
			char === '"' ? afterText(expected, open) : afterSign(char, expected, open);
		if (next) {
			const end: number = char === '"' ? after(CHARACTERS, text, at + 1) : at;
			if (char === '"' && text.charAt(end) !== '"') return { at: end, expected, isInString: true };
			[expected, at] = [next, end + 1];
			continue;
		}
		const end: number = expectsValue(expected) ? after(SCALAR, text, at) : at;
		if (end === at) return { at, expected, isInString: false };
		[expected, at] = [afterValue(open), end];
	}
}

function expectsValue(expected: Expected): boolean {
	return expected === 'value' || expected === 'firstItem';
}

function afterValue(open: readonly string[]): Expected {
	return open.length ? 'separator' : 'end';
}

function afterText(expected: Expected, open: readonly string[]): Expected | undefined {
	if (expectsValue(expected)) return afterValue(open);
	return expected === 'key' || expected === 'firstKey' ? 'colon' : undefined;
}

/** What is expected after a bracket, colon or comma; undefined where it is not allowed. */
function afterSign(char: string, expected: Expected, open: string[]): Expected | undefined {
	if (expectsValue(expected) && (char === '{' || char === '[')) {
		open.push(char);
		return char === '{' ? 'firstKey' : 'firstItem';
	}
	const isAfterValue = expected === 'separator';
	const isEnd =
		(char === '}' && (expected === 'firstKey' || (isAfterValue && open.at(-1) === '{'))) ||
		(char === ']' && (expected === 'firstItem' || (isAfterValue && open.at(-1) === '[')));
	if (isEnd) {
		open.pop();
		return afterValue(open);
	}
	if (char === ':' && expected === 'colon') return 'value';
	if (char === ',' && isAfterValue) return open.at(-1) === '{' ? 'key' : 'value';
	return undefined;
}
