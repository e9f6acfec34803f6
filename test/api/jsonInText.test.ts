import { jsonInText } from '../../nodes/api/jsonInText';

it.each<[text: string, value: unknown]>([
	['{"a": 1}', { a: 1 }],
	[' [1, 2]\n', [1, 2]],
	['```json\n{"a": 1}\n```', { a: 1 }],
	['```\n{"a": 1}\n```', { a: 1 }],
	['Here you are:\n```JSON\n{"a": 1}\n```\nAnything else?', { a: 1 }],
	['```json\n{"a": 1}', { a: 1 }],
	['Fill in {x}:\n```json\n{"a": 1}\n```', { a: 1 }],
	['Sure! {"a": {"b": 1}} Is that right?', { a: { b: 1 } }],
	['<think>{"a": 0}? No.</think>\n{"a": 1}', { a: 1 }],
	['{"a": "```js\\nx\\n```"}', { a: '```js\nx\n```' }],
	['{"id": 12345678901234567890}', { id: '12345678901234567890' }],
	['I am sorry', undefined],
	['{"a": ', undefined],
	['', undefined],
	['7', undefined],
	['null', undefined],
	['"{}"', {}],
])('finds in %j the JSON %j', (text, value) => expect(jsonInText(text)).toEqual(value));
