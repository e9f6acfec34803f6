import { jsonProblem } from '../../nodes/api/jsonProblem';

it.each<[text: string, problem: string]>([
	[
		"{'seed': 1}",
		"single quotation marks, where JSON takes double ones (\") (line 1, column 2, near {'seed': 1})",
	],
	[
		'{“seed”: 1}',
		'curly quotation marks, where JSON takes straight ones (") (line 1, column 2, near {“seed”: 1})',
	],
	[
		'{\n  "seed": 1,\n}',
		'a comma before a closing bracket: take it out (line 3, column 1, near {   "seed": 1, })',
	],
	['{"a": [1, 2, ]}', 'a comma before a closing bracket: take it out (line 1, column 14'],
	['{"a": 1,, "b": 2}', 'a comma with nothing before it: take it out (line 1, column 9'],
	['{"a": 1\n"b": 2}', 'a comma is missing before it (line 2, column 1'],
	['{"a" 1}', 'something after a text: put \\ before quotation marks within it'],
	['{"a": "the "red" fox"}', 'something after a text: put \\ before quotation marks within it'],
	['{seed: 1}', 'a name without quotation marks (") (line 1, column 2'],
	[
		'{"a": {{ $json.a }}}',
		'an expression that n8n has not evaluated: switch the field from Fixed to Expression',
	],
	['{{ $json }}', 'an expression that n8n has not evaluated'],
	[
		'{"a": a red fox}',
		'a text without quotation marks: in an expression write {{ JSON.stringify(...) }} around it (line 1, column 7',
	],
	[
		'{"a": [object Object]}',
		'an expression that gives an object: write {{ JSON.stringify(...) }} around it',
	],
	['{"a": }', 'the value is missing: if an expression gives it, it gave nothing (line 1, column 7'],
	['{"a": True}', 'a word that JSON does not know: it has true, false and null, in small letters'],
	['{"a": undefined}', 'a word that JSON does not know'],
	['{"a": "two\nlines"}', 'a line break within a text: write \\n'],
	['{"a": "C:\\new\\image"}', 'a backslash within a text: write two of them (line 1, column 14'],
	['{"a": "b', 'a text without its closing quotation mark (line 1, column 9'],
	['{"a": 1', 'the end is missing (line 1, column 8'],
	['{"a":', 'the value is missing at the end (line 1, column 6'],
	['{"a": 1}}', 'something follows after its end (line 1, column 9'],
	['{"a": 1} // seed', 'a comment, which JSON does not know (line 1, column 10'],
	[
		'{\u00a0"a": 1}',
		'an invisible character, as pages and chats have: take it out (line 1, column 2',
	],
	...['01', '.5', '+1', '0x10', '1.', '1_000', '1024x1024', '2026-11-25'].map(
		(number): [string, string] => [`{"a": ${number}}`, 'a number that JSON does not write so'],
	),
	['{"a": 12,5}', 'a number where a name should be: decimals have a point'],
	['{"a": [1, 2}', 'another bracket than the one that was opened'],
	['{"a": 1]', 'another bracket than the one that was opened'],
	['{"a" => 1}', 'another sign where JSON takes a colon (:)'],
	['{"a"：1}', 'another sign where JSON takes a colon (:)'],
	['{"a": 1; "b": 2}', 'another sign where JSON takes a comma (,)'],
	['{\\"a\\": 1}', 'a backslash before a quotation mark'],
	['={ "a": 1 }', 'an equals sign at its start'],
	["curl -X POST https://a.test -d '{}'", 'a whole curl command'],
	['{"a": "b\tc"}', 'a tab within a text'],
	['{"a": None}', 'a word that JSON does not know'],
	['{"a": Null}', 'a word that JSON does not know'],
	['seed', 'a text without quotation marks'],
	['', 'the value is missing at the end (line 1, column 1)'],
])('%j: %s', (text, problem) => {
	expect(() => JSON.parse(text) as unknown).toThrow();
	expect(jsonProblem(text)).toContain(problem);
});

it('shows only the part around the error, however long the text', () => {
	const text = `{"a": "${'x'.repeat(100_000)}", b: "${'y'.repeat(100_000)}"}`;
	expect(jsonProblem(text)).toBe(
		`a name without quotation marks (") (line 1, column 100011, near …${'x'.repeat(22)}", b: "${'y'.repeat(21)}…)`,
	);
});

it.each([
	'{}',
	'[]',
	' {"a": [1, -0.5e+3, true, false, null, "b\\n\\u00e9\\"", {}, [[]]]}\r\n',
	'"text"',
	'7',
])('finds nothing wrong with %s', (text) => {
	expect(() => JSON.parse(text) as unknown).not.toThrow();
	expect(jsonProblem(text)).toBeUndefined();
});

it('finds an error where JSON.parse does, and only there', () => {
	const whole = '{"a": [1, 2.5, {"b": "c\\u0041"}], "d": [true, null], "e": -1e2}';
	const signs = ['', '"', ',', ':', '{', '}', '[', ']', '\\', '0', '-', 't', ' ', '\n'];
	const isJson = (text: string) => {
		try {
			JSON.parse(text);
			return true;
		} catch {
			return false;
		}
	};
	const texts = [...whole].flatMap((_, at) =>
		signs.map((sign) => whole.slice(0, at) + sign + whole.slice(at + 1)),
	);
	expect(texts.filter((text) => isJson(text) !== (jsonProblem(text) === undefined))).toEqual([]);
});
