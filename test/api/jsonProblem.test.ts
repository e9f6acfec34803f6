import { jsonProblem } from '../../nodes/api/jsonProblem';

it.each<[text: string, problem: string]>([
	[
		"{'seed': 1}",
		"single quotation marks, where JSON needs double ones (\") (line 1, column 2, near {'seed': 1})",
	],
	[
		'{“seed”: 1}',
		'curly quotation marks, where JSON needs straight ones (") (line 1, column 2, near {“seed”: 1})',
	],
	[
		'{\n  "seed": 1,\n}',
		'a comma before a closing bracket: remove it (line 3, column 1, near {   "seed": 1, })',
	],
	['{"a": [1, 2, ]}', 'a comma before a closing bracket: remove it (line 1, column 14'],
	['{"a": 1,, "b": 2}', 'a comma with nothing before it: remove it (line 1, column 9'],
	['{"a": 1\n"b": 2}', 'a comma is missing before it (line 2, column 1'],
	['{"a" 1}', 'something after a text value: put \\ before quotation marks inside it'],
	[
		'{"a": "the "red" fox"}',
		'something after a text value: put \\ before quotation marks inside it',
	],
	['{seed: 1}', 'a name without quotation marks (") (line 1, column 2'],
	[
		'{"a": {{ $json.a }}}',
		'an expression that n8n has not evaluated: switch the field from Fixed to Expression',
	],
	['{{ $json }}', 'an expression that n8n has not evaluated'],
	[
		'{"a": a red fox}',
		'a text value without quotation marks: in an expression, wrap it in {{ JSON.stringify(...) }} (line 1, column 7',
	],
	[
		'{"a": [object Object]}',
		'an expression that returns an object: wrap it in {{ JSON.stringify(...) }}',
	],
	[
		'{"a": }',
		'the value is missing: if it comes from an expression, the expression returned nothing (line 1, column 7',
	],
	['{"a": True}', 'a word that JSON does not know: it only has true, false and null, in lowercase'],
	['{"a": undefined}', 'a word that JSON does not know'],
	['{"a": "two\nlines"}', 'a line break inside a text value: write \\n'],
	[
		'{"a": "C:\\new\\image"}',
		'a backslash inside a text value: write two of them (line 1, column 14',
	],
	['{"a": "b', 'a text value without its closing quotation mark (line 1, column 9'],
	['{"a": 1', 'the end is missing (line 1, column 8'],
	['{"a":', 'the value is missing at the end (line 1, column 6'],
	['{"a": 1}}', 'something follows after the end (line 1, column 9'],
	['{"a": 1} // seed', 'a comment, which JSON does not allow (line 1, column 10'],
	[
		'{\u00a0"a": 1}',
		'an invisible character, often copied from web pages and chats: remove it (line 1, column 2',
	],
	...['01', '.5', '+1', '0x10', '1.', '1_000', '1024x1024', '2026-11-25'].map(
		(number): [string, string] => [
			`{"a": ${number}}`,
			'a number that is not written as JSON needs it',
		],
	),
	['{"a": 12,5}', 'a number where a name should be: write decimals with a point'],
	['{"a": [1, 2}', 'a closing bracket that does not match the opening one'],
	['{"a": 1]', 'a closing bracket that does not match the opening one'],
	['{"a" => 1}', 'another character where JSON needs a colon (:)'],
	['{"a"：1}', 'another character where JSON needs a colon (:)'],
	['{"a": 1; "b": 2}', 'another character where JSON needs a comma (,)'],
	['{\\"a\\": 1}', 'a backslash before a quotation mark'],
	['={ "a": 1 }', 'an equals sign at the start'],
	["curl -X POST https://a.test -d '{}'", 'a whole curl command'],
	['{"a": "b\tc"}', 'a tab inside a text value'],
	['{"a": None}', 'a word that JSON does not know'],
	['{"a": Null}', 'a word that JSON does not know'],
	['seed', 'a text value without quotation marks'],
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
