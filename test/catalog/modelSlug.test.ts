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
	['https://api.segmind.com/v1/seedream-4.5', 'seedream-4.5'],
	['https://api.segmind.com/v2/Simple_Vector_Flux/?x=1', 'Simple_Vector_Flux'],
	['https://api.segmind.com/v1/models/sdxl1.0-samaritan-lightning', 'sdxl1.0-samaritan-lightning'],
	['api.segmind.com/v1/seedream-4.5', 'seedream-4.5'],
	// The editor keeps the text when the mode is switched.
	[locator('slug', 'https://api.segmind.com/v1/seedream-4.5'), 'seedream-4.5'],
	[locator('url', 'Seedream 4.5'), 'seedream-4.5'],
	[locator('list', 'Fast Flux.1 Schnell'), 'fast-flux-schnell'],
	[locator('slug', 'Fast Flux.1 Schnell · ~$0.0055 · ~2.5 s · Text to Image'), 'fast-flux-schnell'],
	['nano banana', 'nano-banana'],
	['InstantID', 'instantid'],
	['Fast-Flux-Schnell', 'fast-flux-schnell'],
	['simple_vector_flux', 'Simple_Vector_Flux'],
	['https://www.segmind.com/models/Fast-Flux-Schnell', 'fast-flux-schnell'],
	['HTTPS://API.SEGMIND.COM/V1/SIMPLE_VECTOR_FLUX', 'Simple_Vector_Flux'],
	['https://www.segmind.com/models/Wan-3', 'Wan-3'],
	// Newer than the catalogue, and a fine-tuned one: as they are.
	['Wan-3', 'Wan-3'],
	['8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10-My_Cat', '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10-My_Cat'],
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
	['a/b', /is not a model: choose one/],
	['../v1/get-user-credits', /is not a model: choose one/],
	['a..b', /is not a model: choose one/],
	['..', /is not a model: choose one/],
	['requests', /is not a model: choose one/],
	['Requests', /is not a model: choose one/],
	['a?b', /is not a model: choose one/],
	['a%2Fb', /is not a model: choose one/],
	['a b', /is not a model: choose one/],
	['a\r\nx-evil: 1', /is not a model: choose one/],
	['-flux', /is not a model: choose one/],
	['={{ $json.model }}', /is not a model: choose one/],
	['flux@evil.example', /is not a model: choose one/],
	['ﬂux', /is not a model: choose one/],
	['a'.repeat(500), /is not a model: choose one/],
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
	['https://api.segmind.com/v1/requests', /not the page/],
	['https://api.segmind.com/v2/requests/123', /not the page/],
	['https://api.segmind.com/v1/get-user-credits', /not the page/],
	['https://api.segmind.com/workflows/abc-v1', /not the page/],
	['https://api.segmind.com.evil.example/v1/flux', /not the page/],
	['https://images.segmind.com/v1/flux', /not the page/],
	[locator('url', 'hello world'), /is not a model/],
])('%j is refused', (value, says) => {
	expect(readModelSlug(value)).toEqual({ problem: expect.stringMatching(says) });
});

it('quotes only the beginning of a long value', () => {
	const reading = readModelSlug('x'.repeat(10_000)) as { problem: string };
	expect(reading.problem.length).toBeLessThan(250);
});
