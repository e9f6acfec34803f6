import { readModelSlug } from '../../nodes/catalog/modelSlug';

const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });

it.each<[value: unknown, slug: string]>([
	['fast-flux-schnell', 'fast-flux-schnell'],
	[' fast-flux-schnell\n', 'fast-flux-schnell'],
	['consistent-character-AI-neolemon-v2', 'consistent-character-AI-neolemon-v2'],
	['Simple_Vector_Flux', 'Simple_Vector_Flux'],
	['sdxl1.0-txt2img', 'sdxl1.0-txt2img'],
	['requests-2', 'requests-2'],
	[locator('list', 'seedream-4.5'), 'seedream-4.5'],
	[locator('slug', 'seedream-4.5'), 'seedream-4.5'],
	[locator('url', 'seedream-4.5'), 'seedream-4.5'],
	[locator('url', 'https://www.segmind.com/models/seedream-4.5'), 'seedream-4.5'],
	[locator('slug', 'https://www.segmind.com/models/seedream-4.5'), 'seedream-4.5'],
	['https://segmind.com/models/seedream-4.5/', 'seedream-4.5'],
	['https://www.segmind.com/models/seedream-4.5/api', 'seedream-4.5'],
	['https://www.segmind.com/models/seedream-4.5/playground?x=1#top', 'seedream-4.5'],
	['http://WWW.Segmind.com/models/Simple_Vector_Flux?ref=a/b', 'Simple_Vector_Flux'],
	['www.segmind.com/models/seedream-4.5', 'seedream-4.5'],
	['//segmind.com/models/seedream-4.5', 'seedream-4.5'],
])('%j is the model %s', (value, slug) => {
	expect(readModelSlug(value)).toEqual({ slug });
});

it.each<[value: unknown, says: RegExp]>([
	['', /No model is chosen/],
	['   ', /No model is chosen/],
	[undefined, /No model is chosen/],
	[null, /No model is chosen/],
	[locator('list', ''), /No model is chosen/],
	[locator('list', null), /No model is chosen/],
	[{}, /must be text/],
	[['fast-flux-schnell'], /must be text, not a list/],
	[true, /must be text/],
	[locator('slug', { a: 1 }), /must be text/],
	['a/b', /cannot be a model/],
	['../v1/get-user-credits', /cannot be a model/],
	['a..b', /cannot be a model/],
	['..', /cannot be a model/],
	['requests', /cannot be a model/],
	['Requests', /cannot be a model/],
	['a?b', /cannot be a model/],
	['a%2Fb', /cannot be a model/],
	['a b', /cannot be a model/],
	['a\r\nx-evil: 1', /cannot be a model/],
	['-flux', /cannot be a model/],
	['={{ $json.model }}', /cannot be a model/],
	['flux@evil.example', /cannot be a model/],
	['ﬂux', /cannot be a model/],
	['a'.repeat(500), /cannot be a model/],
	['https://huggingface.co/models/flux', /not the page of a Segmind model/],
	['https://evil.example/?u=https://www.segmind.com/models/flux', /not the page/],
	['https://www.segmind.com@evil.example/models/flux', /not the page/],
	['https://www.segmind.com.evil.example/models/flux', /not the page/],
	['https://www.segmind.com:8443/models/flux', /not the page/],
	['https://www.segmind.com/models', /not the page/],
	['https://www.segmind.com/models/', /not the page/],
	['https://www.segmind.com/models/requests', /not the page/],
	['https://www.segmind.com/models/a/../../v1', /not the page/],
	['https://www.segmind.com/models/a/../flux', /not the page/],
	['https://www.segmind.com/models/%2e%2e', /not the page/],
	['https://www.segmind.com/models/a%2Fb', /not the page/],
	['https://www.segmind.com/pixelflows/abc', /not the page/],
	['https://', /not the page/],
	[locator('url', 'hello world'), /not the page/],
])('%j is refused', (value, says) => {
	expect(readModelSlug(value)).toEqual({ problem: expect.stringMatching(says) });
});

it('quotes only the beginning of a long value', () => {
	const reading = readModelSlug('x'.repeat(10_000)) as { problem: string };
	expect(reading.problem.length).toBeLessThan(250);
});
