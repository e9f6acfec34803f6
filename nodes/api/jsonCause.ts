/** The first place at which a text stops being JSON. */
export interface JsonError {
	/** In characters from the start. */
	at: number;
	/** What JSON allows there; a list or object may also end at its first entry. */
	wanted: 'value' | 'firstItem' | 'firstKey' | 'key' | 'colon' | 'separator' | 'end';
	/** Within quotation marks. */
	isInText: boolean;
}

/** What people type, and expressions give, where JSON wants something else; the first that fits is the cause. */
const CAUSES: Array<[fits: (place: Place) => boolean, cause: string]> = [
	[
		({ around }) => around.includes('{{'),
		'an expression that n8n has not evaluated: switch the field from Fixed to Expression',
	],
	[
		({ at, sign }) => at === 0 && sign === '=',
		'an equals sign at its start: take it out, and switch the field from Fixed to Expression if it holds one',
	],
	[
		({ at, rest }) => at === 0 && /^curl\b/i.test(rest),
		'a whole curl command: only the JSON behind its -d or --data goes here',
	],
	[
		({ rest }) => rest.startsWith('object Object]'),
		'an expression that gives an object: write {{ JSON.stringify(...) }} around it',
	],
	[
		({ sign }) => /[“”„‟«»‘’‚‹›]/.test(sign),
		'curly quotation marks, where JSON takes straight ones (")',
	],
	[
		({ sign, isInText }) => !isInText && (sign === "'" || sign === '`'),
		'single quotation marks, where JSON takes double ones (")',
	],
	[({ rest }) => /^(\/\/|\/\*|#)/.test(rest), 'a comment, which JSON does not know'],
	[
		({ rest }) =>
			/^(True|False|None|Null|TRUE|FALSE|NULL|undefined|nil|NaN|-?Infinity)\b/.test(rest),
		'a word that JSON does not know: it has true, false and null, in small letters',
	],
	[
		({ sign, before }) => (sign === '}' || sign === ']') && before.endsWith(','),
		'a comma before a closing bracket: take it out',
	],
	[
		({ sign, before }) => sign === ',' && /[,[{]$/.test(before),
		'a comma with nothing before it: take it out',
	],
	[
		({ sign, isInText }) => isInText && (sign === '\n' || sign === '\r'),
		'a line break within a text: write \\n, or in an expression {{ JSON.stringify(...) }} without quotation marks around it',
	],
	[
		({ sign, isInText }) => isInText && sign === '\\',
		'a backslash within a text: write two of them',
	],
	[({ sign, isInText }) => isInText && sign === '\t', 'a tab within a text: write \\t, or a blank'],
	[({ sign, isInText }) => isInText && !sign, 'a text without its closing quotation mark'],
	[({ isInText }) => isInText, 'an invisible character within a text: take it out'],
	[
		({ sign }) => /[\u00a0\u2000-\u200f\u2028\u2029\u202f\u3000\ufeff]/.test(sign),
		'an invisible character, as pages and chats have: take it out',
	],
	[({ sign, wanted }) => !sign && wanted === 'value', 'the value is missing at the end'],
	[({ sign }) => !sign, 'the end is missing'],
	[
		({ rest, isInText }) => !isInText && rest.startsWith('\\"'),
		'a backslash before a quotation mark, as in a text within code: take the backslashes out',
	],
	[
		({ sign, wanted }) => wanted === 'separator' && (sign === '}' || sign === ']'),
		'another bracket than the one that was opened: close [ with ] and { with }',
	],
	[
		({ sign, wanted }) => wanted === 'separator' && /[;，、；]/.test(sign),
		'another sign where JSON takes a comma (,)',
	],
	[
		({ sign, wanted }) => wanted === 'colon' && /[=：;,]/.test(sign),
		'another sign where JSON takes a colon (:) between a name and its value',
	],
	[
		({ rest, before, wanted }) =>
			(wanted === 'value' && /^[+.]\d/.test(rest)) ||
			(wanted === 'separator' && /\d$/.test(before) && /^[\w.:/*×-]/.test(rest)),
		'a number that JSON does not write so (it has 0.5 and 1000), or a text without quotation marks (")',
	],
	[
		({ sign, before, wanted }) => wanted === 'key' && /\d/.test(sign) && /\d\s*,$/.test(before),
		'a number where a name should be: decimals have a point, as in 0.5',
	],
	[
		({ sign, before, wanted }) =>
			(wanted === 'separator' || wanted === 'colon') && before.endsWith('"') && sign !== '"',
		'something after a text: put \\ before quotation marks within it, or in an expression write {{ JSON.stringify(...) }} without quotation marks around it',
	],
	[({ wanted }) => wanted === 'separator', 'a comma is missing before it'],
	[({ wanted }) => wanted === 'colon', 'a colon is missing after a name'],
	[({ wanted }) => wanted === 'key' || wanted === 'firstKey', 'a name without quotation marks (")'],
	[({ wanted }) => wanted === 'end', 'something follows after its end'],
	[
		({ sign }) => /[}\],:]/.test(sign),
		'the value is missing: if an expression gives it, it gave nothing',
	],
	[
		() => true,
		'a text without quotation marks: in an expression write {{ JSON.stringify(...) }} around it',
	],
];

interface Place {
	/** Where it is, in characters from the start. */
	at: number;
	/** The character at the place; empty at the end. */
	sign: string;
	/** The text before it, without blanks. */
	before: string;
	/** The text from there on, and from a little before. */
	rest: string;
	around: string;
	isInText: boolean;
	wanted: JsonError['wanted'];
}

/** How much of the text is examined at each side of the place, in characters. */
const MAX_BEFORE = 200;

/** The likeliest cause of an error in JSON, as half a sentence with what to do. */
export function causeOf(text: string, { at, wanted, isInText }: JsonError): string {
	const place: Place = {
		at,
		sign: text.charAt(at),
		before: text.slice(Math.max(0, at - MAX_BEFORE), at).trimEnd(),
		rest: text.slice(at, at + MAX_BEFORE),
		around: text.slice(Math.max(0, at - 1), at + 2),
		isInText,
		wanted,
	};
	return CAUSES.find(([fits]) => fits(place))?.[1] ?? '';
}
