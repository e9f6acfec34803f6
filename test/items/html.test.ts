import { asHtml, asTitle } from '../../nodes/items/html';

it.each<[text: string, html: string]>([
	['Segmind said: "a cat <lora:fur:0.8>"', 'Segmind said: "a cat ‹lora:fur:0.8›"'],
	['<img src=x onerror=alert(1)>', '‹img src=x onerror=alert(1)›'],
	['one\ntwo\r\nthree', 'one<br>two<br>three'],
	['https://x.io/?a=1&region=eu', 'https://x.io/?a=1&amp;region=eu'],
	['&lt;b&gt; &#60;', '&amp;lt;b&amp;gt; &amp;#60;'],
	['R & D', 'R & D'],
	['a `word` in code', 'a ’word’ in code'],
	['', ''],
])('asHtml keeps %j readable where n8n shows HTML', (text, html) => {
	expect(asHtml(text)).toBe(html);
});

it('asTitle keeps a title on one line and without tags, which n8n shows as text as well', () => {
	expect(asTitle('The job failed: <b>\nR&D')).toBe('The job failed: ‹b› R&D');
});
