import { apiText, quoteAnswer, reasonOf } from '../../nodes/api/reason';
import { PAGE } from './samples';

describe('Segmind’s own words', () => {
	it.each<[body: unknown, reason: string | undefined]>([
		[{ error: 'a' }, 'a'],
		[{ error: { message: 'b', code: 7 } }, 'b'],
		[{ error: { error: { detail: 'deep' } } }, 'deep'],
		[{ detail: 'c' }, 'c'],
		[{ message: 'd' }, 'd'],
		[{ error_message: 'e' }, 'e'],
		[{ error_message: { node: 'n', message: 'f' } }, 'f'],
		[{ error_description: 'g' }, 'g'],
		[{ detail: [{ msg: 'h' }, { msg: 'i' }] }, 'h; i'],
		// A PixelFlow's, observed.
		[
			{
				error: [
					{ model: 'rembg', error: 'm' },
					{ node: 'n2', message: 'n' },
				],
			},
			'rembg: m; n2: n',
		],
		[{ error: '{"error": {"message": "in a text"}}' }, 'in a text'],
		[{ error: '[broken' }, '[broken'],
		[{ error: '{"a": 1}' }, '{"a": 1}'],
		[{ reason: 'o' }, 'o'],
		[{ failure_reason: 'p' }, 'p'],
		[{ errors: ['q', 'r'] }, 'q; r'],
		[{ detail: [{ loc: ['body', 'seed'], msg: 'j' }] }, 'body.seed: j'],
		[{ errors: { prompt: ['s', 't'], seed: 'u' } }, 'prompt: s; t; seed: u'],
		[{ error: { node: 'rembg' } }, undefined],
		[{ errorMessage: 'v' }, 'v'],
		[{ Message: 'w' }, 'w'],
		// The documented order.
		[{ message: 'later', error: 'first' }, 'first'],
		[{ error: null, message: 'second' }, 'second'],
		[{ error: '  ', detail: 'k' }, 'k'],
		['l', 'l'],
		[{ error: true }, undefined],
		[{}, undefined],
		[[], undefined],
		[null, undefined],
		[7, undefined],
	])('in %j: %s', (body, reason) => {
		expect(reasonOf(body)).toBe(reason);
	});

	it.each<[what: string, json: unknown, text: string, said: string]>([
		['a reason', { error: 'as it is: "quoted" <b>' }, '{..}', 'as it is: "quoted" <b>'],
		['JSON of another shape', { code: 7 }, '{"code": 7}', '{"code": 7}'],
		['plain text', undefined, ' Bad gateway\n', 'Bad gateway'],
		['a page', undefined, PAGE, ''],
		['nothing', undefined, '', ''],
	])('are %s', (_what, json, text, said) => {
		expect(apiText({ json, text })).toBe(said);
	});

	it('are not looked for inside a text that takes long to parse', () => {
		const inner = JSON.stringify({ list: 'x'.repeat(200_000), error: 'inside' });
		expect(reasonOf({ error: inner })).toBe(inner);
	});

	it('are looked for until so many fields have been seen that they are data', () => {
		const fields = Object.fromEntries(
			Array.from({ length: 10_000 }, (_, index) => [`f${index}`, 1]),
		);
		expect(reasonOf({ error: 'first', ...fields })).toBe('first');
		const list = [{ error: 'a' }, { error: 'b', ...fields }, { error: 'c' }];
		expect(reasonOf(list)).toBe('a; b');
		expect(reasonOf({ error: { x: fields, y: { error: 'd' } } })).toBeUndefined();
		const inner = JSON.stringify({ list: 'x'.repeat(90_000), error: 'inside' });
		const many = reasonOf(Array.from({ length: 20 }, () => inner))?.split('; ') ?? [];
		expect(many[0]).toBe('inside');
		expect(many.at(-1)).toBe(inner);
	});

	it('are truncated to a readable length', () => {
		expect(apiText({ json: { error: 'x'.repeat(100_000) }, text: '' })).toBe(
			`${'x'.repeat(1000)}…`,
		);
	});
});

describe('quoteAnswer', () => {
	it.each<[what: string, json: unknown, text: string, quoted: string]>([
		['a reason', { error: 'No such model' }, '{..}', 'Segmind said: "No such model"'],
		['plain text', undefined, 'upstream timeout', 'Segmind said: "upstream timeout"'],
		['a page', undefined, PAGE, 'The answer was a web page titled "502 Bad Gateway".'],
		[
			'a page with a headline only',
			undefined,
			'<html><h1 class=x>Oops</h1></html>',
			'The answer was a web page titled "Oops".',
		],
		[
			'a page without a title',
			undefined,
			'<HTML><p>secret</p></HTML>',
			'The answer was a web page.',
		],
		[
			'a page with an endless title',
			undefined,
			`<html><title>${'y'.repeat(100_000)}</title></html>`,
			`The answer was a web page titled "${'y'.repeat(100)}".`,
		],
		['nothing', undefined, '', ''],
	])('%s', (_what, json, text, quoted) => {
		expect(quoteAnswer({ json, text })).toBe(quoted);
	});
});
