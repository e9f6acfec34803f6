import type { Random } from '../simulator/random';

/** Nested lists and objects. */
function deep(levels: number): unknown {
	let value: unknown = 'bottom';
	for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { value };
	return value;
}

/** Deeper than the node accepts, but not so deep that n8n's own copying of items and parameters fails. */
const LEVELS = 1000;

/** Harmless to n8n as a text; once parsed, too deep for JSON.stringify and any recursion. */
const DEEPEST_TEXT = 50_000;

/** As JSON gives it: an own property of this name. */
const parsed = (text: string): unknown => JSON.parse(text) as unknown;

/** Values that somebody could send on purpose; `trap` is a host that must never see the key. */
function chosen(trap: string, apiKey: string): unknown[] {
	const host = trap.replace('http://', '');
	return [
		// Empty values, and edge-case numbers.
		undefined,
		null,
		'',
		' ',
		0,
		-1,
		0.5,
		NaN,
		Infinity,
		-Infinity,
		1e308,
		2 ** 53,
		true,
		false,
		// Lists and objects: empty, odd, too deep.
		[],
		{},
		[[]],
		[null],
		[undefined, 1, 'a', {}],
		deep(LEVELS),
		'['.repeat(DEEPEST_TEXT) + ']'.repeat(DEEPEST_TEXT),
		'{"images":'.repeat(DEEPEST_TEXT) + '1' + '}'.repeat(DEEPEST_TEXT),
		// Values that JSON cannot express.
		10n,
		{ seed: 10n },
		[10n],
		{ seed: () => 1 },
		Symbol('a'),
		new Date(0),
		new Date(NaN),
		// As Luxon's dates, which n8n's expressions give, and as something that only looks like one.
		{ toJSON: () => '2026-11-25T12:00:00.000Z' },
		{ toJSON: 'x' },
		// What n8n notes about a file, and what people put in a file's place.
		{ mimeType: 'image/gif', fileName: 'a.gif', fileSize: '1 kB' },
		'filesystem-v2:workflows/1/executions/2/binary_data/3',
		'data',
		'/tmp/a.png',
		['https://127.0.0.1:1/a.png', undefined, ''],
		'https://127.0.0.1:1/my photo.png',
		'data:image/png;base64,iVBO\r\nRw0KGgo=',
		// JSON as people write it.
		"{'seed': 1}",
		'{“seed”: 1,}',
		'{"seed": {{ $json.seed }} }',
		'{"prompt": "two\nlines"}',
		'{"method": "POST", "body": {"prompt": "a"}}',
		'{"constructor": 1, "prototype": 2}',
		// What a pattern could take more than linear time for.
		' '.repeat(40_000),
		','.repeat(40_000),
		'<!---->'.repeat(6_000),
		'data:'.repeat(8_000),
		'https://a '.repeat(4_000),
		// Large values.
		'a'.repeat(1_000_000),
		Array.from({ length: 5_000 }, (_, index) => index),
		// The key, put where it does not belong.
		apiKey,
		`the key ${apiKey}, and more`,
		`${trap}/?key=${apiKey}`,
		`{"${apiKey}": 1}`,
		`Bearer ${apiKey}`,
		{ 'x-api-key': apiKey },
		[apiKey],
		// Names of properties of every object.
		'__proto__',
		'constructor',
		'prototype',
		'toString',
		'hasOwnProperty',
		parsed('{"__proto__": {"polluted": true}}'),
		parsed('{"constructor": {"prototype": {"polluted": true}}}'),
		parsed('{"toString": 1, "valueOf": null}'),
		parsed('{"value": {"__proto__": {"polluted": true}, "seed": -1}}'),
		'{"__proto__": {"polluted": true}}',
		'{"seed": -1, "__proto__": 1}',
		// JSON of the wrong type.
		'{',
		'[1]',
		'null',
		'"text"',
		'{"a": 1}',
		// Slugs and IDs that would lead to another path.
		'requests',
		'Requests',
		'..',
		'../v1/get-user-credits',
		'..%2f..%2fadmin',
		'%2e%2e/',
		'a/b',
		'a?b=c',
		'a#b',
		'a b',
		'fast-flux-schnell/../requests',
		'fast-flux-schnell?x=1',
		'fast-flux-schnell\r\nx-evil: 1',
		'fast-flux-schnell\u0000',
		'v2/../v1/fast-flux-schnell',
		'0123456789abcdef01234567-v1/../../v1/fast-flux-schnell',
		'8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10/../../../v1/get-user-credits',
		'8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10?x=1',
		'8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10#',
		// Characters with a special meaning in terminals, pages, databases and expressions.
		'\u0000\u0001\u001b[31m\u007f',
		'\u202eevil\u2066',
		'😀'.repeat(200),
		'\ud800',
		'{{ $json.v }}',
		'<script>alert(1)</script>',
		"'; DROP TABLE items; --",
		'${7*7}',
		// URLs.
		trap,
		`${trap}/models/fast-flux-schnell`,
		`http://user:secret@${host}/x.png`,
		`https://www.segmind.com@${host}/models/x`,
		`https://www.segmind.com:8443/models/x`,
		`https://www.segmind.com/models/../../x`,
		`//${host}/models/x`,
		`${trap}/workflows/0123456789abcdef01234567-v1`,
		`https://api.segmind.com/workflows/0123456789abcdef01234567-v1`,
		'https://www.segmind.com/models/fast-flux-schnell',
		'file:///etc/passwd',
		`https://segmind.com/${'a'.repeat(10_000)}`,
		`${trap}/${'a'.repeat(10_000)}`,
		'ftp://localhost/x',
		'javascript:alert(1)',
		'data:text/html;base64,PGh0bWw+',
		'data:image/png;base64,',
		'data:image/png;base64,iVBORw0KGgo=',
		`data:image/png;base64,${'A'.repeat(100_000)}`,
		'data:;base64,AAAA',
		// Names of fields, and the inside of n8n's own kinds of parameters.
		'data, data, data',
		'data,__proto__',
		'image[]',
		'image.url',
		{ mode: 'url', value: trap },
		{ __rl: true, mode: 'nope', value: ['x'] },
		{ __rl: true, mode: 'slug', value: { toString: 'x' } },
		{ file: [null] },
		{ file: [{ parameter: '__proto__', binaryField: 'data' }] },
		{ file: [{ parameter: 'image', binaryField: '__proto__' }] },
		{ file: [{ parameter: 'image', source: 'url', url: trap }] },
		{ file: [{ parameter: 'image', source: 'ftp', binaryField: 'data' }] },
		{ file: 'x' },
		{ mappingMode: 'defineBelow', value: 'x' },
		{ mappingMode: 'autoMapInputData', value: null },
		{ concurrency: 'x', timeout: {}, fileName: [] },
		{ fileName: '../../../../etc/cron.d/x' },
		{ timeout: 1e-9 },
		// Numbers and words as texts.
		'9'.repeat(400),
		'1e3',
		'0x10',
		'-0',
		'true',
		'undefined',
	];
}

const PIECES = [
	'..',
	'/',
	'\\',
	'?',
	'#',
	'%00',
	'%2f',
	'\n',
	'\t',
	'"',
	"'",
	'`',
	'{',
	'}',
	'[',
	']',
	'$',
	'=',
	'@',
	':',
	';',
	',',
	'a',
	'Z',
	'0',
	'-',
	'_',
	'.',
	'é',
	'漢',
	'\u0007',
	'\ufeff',
	'http://',
	'data:',
	'SG_',
];

function randomText(random: Random): string {
	const pick = () => PIECES[Math.floor(random() * PIECES.length)]!;
	return Array.from({ length: 1 + Math.floor(random() * 30) }, pick).join('');
}

function randomValue(random: Random, levels = 3): unknown {
	const kind = Math.floor(random() * (levels > 0 ? 8 : 5));
	if (kind <= 2) return randomText(random);
	if (kind === 3) return (random() - 0.5) * 10 ** Math.floor(random() * 20);
	if (kind === 4) return [true, false, null, undefined, NaN][Math.floor(random() * 5)];
	const size = Math.floor(random() * 4);
	const values = Array.from({ length: size }, () => randomValue(random, levels - 1));
	return kind === 5
		? values
		: Object.fromEntries(values.map((value) => [randomText(random).slice(0, 8), value]));
}

/** `count` hostile or random values. */
export function hostileValues(
	count: number,
	random: Random,
	{ trap, apiKey }: { trap: string; apiKey: string },
): unknown[] {
	const values = chosen(trap, apiKey);
	while (values.length < count) values.push(randomValue(random));
	return values.slice(0, count);
}
