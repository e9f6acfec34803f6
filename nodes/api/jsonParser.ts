import { Pace, type Steps } from './slices';

/** A list or object whose end has not been read yet, and the key of its next value. */
interface Open {
	value: unknown[] | Record<string, unknown>;
	key: string;
	/** How many values came before. */
	count: number;
	end: ']' | '}';
}

/** A number or a word. Source: RFC 8259. */
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const WORDS: Record<string, unknown> = { true: true, false: false, null: null };
const LONG_INTEGER = /^-?\d{16,}$/;

/**
 * Parses JSON step by step: JSON.parse holds n8n's event loop for as long as it takes, which a list of a million
 * numbers makes long.
 * @param keepsDigits whether integers that JavaScript would round become strings of their digits
 * @throws SyntaxError for invalid JSON, RangeError for lists and objects nested more than `maxLevels` deep and for an
 * object of more than `maxKeys` keys
 */
export function* parseInSteps(
	text: string,
	{ keepsDigits = false, maxLevels = Infinity, maxKeys = Infinity } = {},
): Steps<unknown> {
	const pace = new Pace();
	const open: Open[] = [];
	let at = skipSpace(text, 0);
	const readKey = function* () {
		if (text[at] !== '"') throw new SyntaxError(`A key is missing at ${at}`);
		const end = yield* endOfString(text, at);
		const key = JSON.parse(text.slice(at, end)) as string;
		at = skipSpace(text, end);
		if (text[at] !== ':') throw new SyntaxError(`A colon is missing at ${at}`);
		at = skipSpace(text, at + 1);
		return key;
	};
	for (;;) {
		let value: unknown;
		const first = text[at];
		if (first === '[' || first === '{') {
			if (open.length === maxLevels) throw new RangeError('Nested too deep');
			const end = first === '[' ? ']' : '}';
			value = first === '[' ? [] : {};
			at = skipSpace(text, at + 1);
			if (text[at] !== end) {
				const key = end === '}' ? yield* readKey() : '';
				open.push({ value: value as Open['value'], key, count: 0, end });
				continue;
			}
			at++;
		} else if (first === '"') {
			const end = yield* endOfString(text, at);
			value = JSON.parse(text.slice(at, end));
			at = end;
		} else {
			SCALAR.lastIndex = at;
			if (!SCALAR.test(text)) throw new SyntaxError(`No value at ${at}`);
			const word = text.slice(at, SCALAR.lastIndex);
			value = scalar(word, keepsDigits && open.length > 0);
			at += word.length;
		}
		if (pace.isDue(value)) yield;
		// The value is complete, and may complete those around it.
		for (;;) {
			at = skipSpace(text, at);
			const around = open.at(-1);
			if (!around) {
				if (at < text.length) throw new SyntaxError(`More text at ${at}`);
				return value;
			}
			put(around, value);
			const next = text[at++];
			if (next === ',') {
				at = skipSpace(text, at);
				if (around.end === '}') {
					if (++around.count === maxKeys) throw new RangeError('Too many keys');
					around.key = yield* readKey();
				}
				break;
			}
			if (next !== around.end) throw new SyntaxError(`A comma is missing at ${at}`);
			value = around.value;
			open.pop();
		}
	}
}

function scalar(word: string, keepsDigits: boolean): unknown {
	const value = word in WORDS ? WORDS[word] : Number(word);
	const isRounded = keepsDigits && LONG_INTEGER.test(word) && !Number.isSafeInteger(value);
	return isRounded ? word : value;
}

function put({ value, key }: Open, inner: unknown): void {
	if (Array.isArray(value)) value.push(inner);
	else if (key !== '__proto__') value[key] = inner;
	// As JSON.parse does; an assignment would set the prototype.
	else Object.defineProperty(value, key, { value: inner, ...ORDINARY });
}

const ORDINARY = { enumerable: true, configurable: true, writable: true };

function skipSpace(text: string, from: number): number {
	let at = from;
	for (;;) {
		const code = text.charCodeAt(at);
		if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
		at++;
	}
}

/** The index after the closing quotation mark of the string that begins at `start`. */
function* endOfString(text: string, start: number): Steps<number> {
	const pace = new Pace();
	for (let from = start + 1; ; ) {
		const quote = text.indexOf('"', from);
		if (quote < 0) throw new SyntaxError(`The string at ${start} has no end`);
		let slashes = 0;
		while (text[quote - 1 - slashes] === '\\') slashes++;
		if (slashes % 2 === 0) return quote + 1;
		from = quote + 1;
		if (pace.isDue()) yield;
	}
}
