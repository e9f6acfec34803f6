/** The first place at which a text stops being JSON. */
export interface JsonError {
	/** In characters from the start. */
	at: number;
	/** What JSON allows there; at its first entry, a list or object may also end. */
	expected: 'value' | 'firstItem' | 'firstKey' | 'key' | 'colon' | 'separator' | 'end';
	/** Inside quotation marks. */
	isInString: boolean;
}

/** What people type, and expressions yield, where JSON expects something else; the first match is the cause. */
const CAUSES: Array<[matches: (place: Place) => boolean, cause: string]> = [
	[
		({ around }) => around.includes('{{'),
		'an expression that n8n has not evaluated: switch the field from Fixed to Expression',
	],
	[
		({ at, char }) => at === 0 && char === '=',
		'an equals sign at the start: remove it, and switch the field from Fixed to Expression if it holds an expression',
	],
	[
		({ at, rest }) => at === 0 && /^curl\b/i.test(rest),
		'a whole curl command: only the JSON after -d or --data belongs here',
	],
	[
		({ rest }) => rest.startsWith('object Object]'),
		'an expression that returns an object: wrap it in {{ JSON.stringify(...) }}',
	],
	[
		({ char }) => /[“”„‟«»‘’‚‹›]/.test(char),
		'curly quotation marks, where JSON needs straight ones (")',
	],
	[
		({ char, isInString }) => !isInString && (char === "'" || char === '`'),
		'single quotation marks, where JSON needs double ones (")',
	],
	[({ rest }) => /^(\/\/|\/\*|#)/.test(rest), 'a comment, which JSON does not allow'],
	[
		({ rest }) =>
			/^(True|False|None|Null|TRUE|FALSE|NULL|undefined|nil|NaN|-?Infinity)\b/.test(rest),
		'a word that JSON does not know: it only has true, false and null, in lowercase',
	],
	[
		({ char, before }) => (char === '}' || char === ']') && before.endsWith(','),
		'a comma before a closing bracket: remove it',
	],
	[
		({ char, before }) => char === ',' && /[,[{]$/.test(before),
		'a comma with nothing before it: remove it',
	],
	[
		({ char, isInString }) => isInString && (char === '\n' || char === '\r'),
		'a line break inside a text value: write \\n, or in an expression {{ JSON.stringify(...) }} without quotation marks around it',
	],
	[
		({ char, isInString }) => isInString && char === '\\',
		'a backslash inside a text value: write two of them',
	],
	[
		({ char, isInString }) => isInString && char === '\t',
		'a tab inside a text value: write \\t, or a space',
	],
	[
		({ char, isInString }) => isInString && !char,
		'a text value without its closing quotation mark',
	],
	[({ isInString }) => isInString, 'an invisible character inside a text value: remove it'],
	[
		({ char }) => /[\u00a0\u2000-\u200f\u2028\u2029\u202f\u3000\ufeff]/.test(char),
		'an invisible character, often copied from web pages and chats: remove it',
	],
	[({ char, expected }) => !char && expected === 'value', 'the value is missing at the end'],
	[({ char }) => !char, 'the end is missing'],
	[
		({ rest, isInString }) => !isInString && rest.startsWith('\\"'),
		'a backslash before a quotation mark, as in program code: remove the backslashes',
	],
	[
		({ char, expected }) => expected === 'separator' && (char === '}' || char === ']'),
		'a closing bracket that does not match the opening one: close [ with ] and { with }',
	],
	[
		({ char, expected }) => expected === 'separator' && /[;，、；]/.test(char),
		'another character where JSON needs a comma (,)',
	],
	[
		({ char, expected }) => expected === 'colon' && /[=：;,]/.test(char),
		'another character where JSON needs a colon (:) between a name and its value',
	],
	[
		({ rest, before, expected }) =>
			(expected === 'value' && /^[+.]\d/.test(rest)) ||
			(expected === 'separator' && /\d$/.test(before) && /^[\w.:/*×-]/.test(rest)),
		'a number that is not written as JSON needs it (such as 0.5 or 1000), or a text value without quotation marks (")',
	],
	[
		({ char, before, expected }) => expected === 'key' && /\d/.test(char) && /\d\s*,$/.test(before),
		'a number where a name should be: write decimals with a point, as in 0.5',
	],
	[
		({ char, before, expected }) =>
			(expected === 'separator' || expected === 'colon') && before.endsWith('"') && char !== '"',
		'something after a text value: put \\ before quotation marks inside it, or in an expression write {{ JSON.stringify(...) }} without quotation marks around it',
	],
	[({ expected }) => expected === 'separator', 'a comma is missing before it'],
	[({ expected }) => expected === 'colon', 'a colon is missing after a name'],
	[
		({ expected }) => expected === 'key' || expected === 'firstKey',
		'a name without quotation marks (")',
	],
	[({ expected }) => expected === 'end', 'something follows after the end'],
	[
		({ char }) => /[}\],:]/.test(char),
		'the value is missing: if it comes from an expression, the expression returned nothing',
	],
	[
		() => true,
		'a text value without quotation marks: in an expression, wrap it in {{ JSON.stringify(...) }}',
	],
];

interface Place {
	/** Where it is, in characters from the start. */
	at: number;
	/** The character at the place; empty at the end. */
	char: string;
	/** The text before it, without trailing whitespace. */
	before: string;
	/** The text from there on. */
	rest: string;
	/** The characters next to the place. */
	around: string;
	isInString: boolean;
	expected: JsonError['expected'];
}

/** How much of the text is examined on each side of the place, in characters. */
const MAX_CONTEXT = 200;

/** The likeliest cause of an error in JSON, as half a sentence with what to do. */
export function causeOf(text: string, { at, expected, isInString }: JsonError): string {
	const place: Place = {
		at,
		char: text.charAt(at),
		before: text.slice(Math.max(0, at - MAX_CONTEXT), at).trimEnd(),
		rest: text.slice(at, at + MAX_CONTEXT),
		around: text.slice(Math.max(0, at - 1), at + 2),
		isInString,
		expected,
	};
	return CAUSES.find(([matches]) => matches(place))?.[1] ?? '';
}
