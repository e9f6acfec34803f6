import { causeOf, type JsonError } from './jsonCause';

type Wanted = JsonError['wanted'];

/** How much of the text a message shows at each side of the place, in characters. */
const MAX_NEAR = 25;

/** What is wrong with a text that is not JSON, where, and what stands there; undefined for JSON. */
export function jsonProblem(text: string): string | undefined {
	const error = firstError(text);
	if (!error) return undefined;
	const before = text.slice(0, error.at);
	const line = before.split('\n').length;
	const column = error.at - before.lastIndexOf('\n');
	return `${causeOf(text, error)} (line ${line}, column ${column}${near(text, error.at)})`;
}

function near(text: string, at: number): string {
	const from = Math.max(0, at - MAX_NEAR);
	const shown = text.slice(from, at + MAX_NEAR).replace(/[\r\n\t]/g, ' ');
	const dots = [from > 0 ? '…' : '', at + MAX_NEAR < text.length ? '…' : ''];
	return shown.trim() ? `, near ${dots[0]}${shown.trim()}${dots[1]}` : '';
}

const BLANKS = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Within a text: as far as its characters are allowed. Of the control characters only the first 32 are not. */
const CHARACTERS = /(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy;

/** Where a pattern's match ends, or `at` itself. */
function after(pattern: RegExp, text: string, at: number): number {
	pattern.lastIndex = at;
	return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** Source: RFC 8259. JSON.parse gives no position for many errors, and other words in each version of Node.js. */
function firstError(text: string): JsonError | undefined {
	const open: string[] = [];
	let wanted: Wanted = 'value';
	let at = 0;
	for (;;) {
		at = after(BLANKS, text, at);
		const sign = text.charAt(at);
		if (!sign) return wanted === 'end' ? undefined : { at, wanted, isInText: false };
		const next: Wanted | undefined =
			sign === '"' ? afterText(wanted, open) : afterSign(sign, wanted, open);
		if (next) {
			const end: number = sign === '"' ? after(CHARACTERS, text, at + 1) : at;
			if (sign === '"' && text.charAt(end) !== '"') return { at: end, wanted, isInText: true };
			[wanted, at] = [next, end + 1];
			continue;
		}
		const end: number = isValueWanted(wanted) ? after(SCALAR, text, at) : at;
		if (end === at) return { at, wanted, isInText: false };
		[wanted, at] = [afterValue(open), end];
	}
}

function isValueWanted(wanted: Wanted): boolean {
	return wanted === 'value' || wanted === 'firstItem';
}

function afterValue(open: readonly string[]): Wanted {
	return open.length ? 'separator' : 'end';
}

function afterText(wanted: Wanted, open: readonly string[]): Wanted | undefined {
	if (isValueWanted(wanted)) return afterValue(open);
	return wanted === 'key' || wanted === 'firstKey' ? 'colon' : undefined;
}

/** What is wanted after a bracket, colon or comma; undefined where it is not allowed. */
function afterSign(sign: string, wanted: Wanted, open: string[]): Wanted | undefined {
	if (isValueWanted(wanted) && (sign === '{' || sign === '[')) {
		open.push(sign);
		return sign === '{' ? 'firstKey' : 'firstItem';
	}
	const isOver = wanted === 'separator';
	const isEnd =
		(sign === '}' && (wanted === 'firstKey' || (isOver && open.at(-1) === '{'))) ||
		(sign === ']' && (wanted === 'firstItem' || (isOver && open.at(-1) === '[')));
	if (isEnd) {
		open.pop();
		return afterValue(open);
	}
	if (sign === ':' && wanted === 'colon') return 'value';
	if (sign === ',' && isOver) return open.at(-1) === '{' ? 'key' : 'value';
	return undefined;
}
