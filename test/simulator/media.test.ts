import { createHash } from 'node:crypto';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import type { AxiosInstance } from 'axios';
import { DataUrlScanner } from './dataUrlScanner';
import { pictureRequestOf } from './pictureRequest';
import { startSimulator, type Simulator } from './simulator';
import { clientOf, ended, submitted } from './testClient';

let simulator: Simulator;
let client: AxiosInstance;
let stranger: AxiosInstance;

beforeAll(async () => {
	simulator = await startSimulator({ speed: 1000 });
	client = clientOf(simulator);
	stranger = clientOf(simulator, {});
});
afterAll(async () => await simulator.close());
beforeEach(() => simulator.reset());

async function drawn(body: object, slug = 'sdxl-txt2img'): Promise<Buffer> {
	const { data } = await client.post<Buffer>(`/v1/${slug}`, body, { responseType: 'arraybuffer' });
	return data;
}

describe('pictures', () => {
	it.each([
		['img_width and img_height', { img_width: 320, img_height: 200 }, 320, 200],
		['width and height', { width: 200, height: '320' }, 200, 320],
		['size', { size: '640x480' }, 640, 480],
		['size in thousands', { size: '2K' }, 2048, 2048],
		['an aspect ratio', { aspect_ratio: '16:9' }, 1344, 768],
		['an aspect ratio in thousands', { aspect_ratio: '2:1', size: '2K' }, 2880, 1472],
		['nothing', {}, 1024, 1024],
		['too much', { width: 9000, height: 10 }, 4096, 10],
		['nonsense', { width: 'wide', aspect_ratio: '0:0', size: 'big' }, 1024, 1024],
	])('have the asked size: %s', (_name, body, width, height) => {
		expect(pictureRequestOf(body, 1)).toMatchObject({ width, height });
	});

	it.each([
		['jpeg', 'ffd8ff', {}],
		['jpeg', 'ffd8ff', { image_format: 'jpg' }],
		['png', '89504e47', { output_format: 'PNG' }],
		['webp', '52494646', { image_format: 'webp' }],
	])('are real %s files', async (format, magic, asked) => {
		const bytes = await drawn({ prompt: 'a lake', img_width: 96, img_height: 64, ...asked });
		expect(bytes.toString('hex')).toMatch(new RegExp(`^${magic}`));
		const { width, height } = await loadImage(bytes);
		expect([format, width, height]).toEqual([format, 96, 64]);
	});

	it.each([
		['the model does so by default', 'bg-removal-v2', {}, 0],
		['the body asks for it', 'gpt-image-1-mini', { prompt: 'a cup', background: 'transparent' }, 0],
		['another background is asked for', 'bg-removal-v2', { type: 'white' }, 255],
		['nothing is said of it', 'fast-flux-schnell', { prompt: 'a cup' }, 255],
	])('lose their background when that is wanted: %s', async (_case, slug, asked, corner) => {
		const image = `${simulator.filesUrl}/photo.png`;
		const picture = await loadImage(await drawn({ image, width: 96, height: 64, ...asked }, slug));
		const pen = createCanvas(96, 64).getContext('2d');
		pen.drawImage(picture, 0, 0);
		const opacityAt = (x: number, y: number) => pen.getImageData(x, y, 1, 1).data[3];
		expect([opacityAt(0, 0), opacityAt(48, 32)]).toEqual([corner, 255]);
	});

	it('are equal for equal requests, and differ with prompt and seed', async () => {
		const body = { prompt: 'a red fox', seed: 3, img_width: 64, img_height: 64 };
		const [one, same, otherSeed, otherPrompt] = await Promise.all(
			[body, body, { ...body, seed: 4 }, { ...body, prompt: 'a blue fox' }].map(
				async (asked) => await drawn(asked),
			),
		);
		expect(same).toEqual(one);
		expect(otherSeed).not.toEqual(one);
		expect(otherPrompt).not.toEqual(one);
	});
});

describe('other kinds', () => {
	it.each([
		['kling-text2video', 'video', 'video/mp4', 4, 'ftyp'],
		['ace-step-music', 'audio', 'audio/mpeg', 0, '\xff\xfb'],
	])('%s', async (slug, key, type, at, magic) => {
		const everything = { prompt: 'x', genres: 'pop', lyrics: 'la', image: 'http://x/y.png' };
		const id = await submitted(client, slug, everything);
		const { data } = await ended(client, `/v2/requests/${id}`);
		expect(data).toMatchObject({
			status: 'COMPLETED',
			[key]: { content_type: type, url: data.output },
		});
		const file = await stranger.get<Buffer>(String(data.output), { responseType: 'arraybuffer' });
		expect(file.data.toString('latin1', at, at + magic.length)).toBe(magic);
		expect(file.headers['content-type']).toBe(type);
	});

	it('a 3D model gives a glb as its output alone', async () => {
		const id = await submitted(client, 'hunyuan3d-2.1', { image: 'http://x/y.png', prompt: 'x' });
		const { data } = await ended(client, `/v2/requests/${id}`);
		expect(data).toMatchObject({ output: expect.stringMatching(/\.glb$/) });
		const file = await stranger.get<Buffer>(String(data.output), { responseType: 'arraybuffer' });
		expect(file.data.toString('latin1', 0, 4)).toBe('glTF');
	});

	it.each([
		['gpt-4o', 'choices.0.message.content'],
		['claude-4-sonnet', 'content.0.text'],
		['gemini-2.5-flash', 'candidates.0.content.parts.0.text'],
	])('%s talks as its provider does: plain on v1, in a string on v2', async (slug, path) => {
		const inGemini = { contents: [{ role: 'user', parts: [{ text: 'Hello?' }] }] };
		const messages = slug.startsWith('gemini') ? inGemini : [{ role: 'user', content: 'Hello?' }];
		const body = { messages, prompt: 'Hello?' };
		const { data } = await client.post(`/v1/${slug}`, body);
		expect(data).toHaveProperty(path, 'Simulated answer to: Hello?');
		const id = await submitted(client, slug, body);
		const result = await ended(client, `/v2/requests/${id}`);
		expect(JSON.parse(String(result.data.output))).toEqual(data);
		expect(result.data).toMatchObject({ reasoning: null, partial: false });
	});
});

describe('the files origin', () => {
	it('serves whole files, heads and ranges', async () => {
		const url = simulator.publish(Buffer.from('0123456789'), 'ten bytes.txt', 'text/plain');
		const whole = await stranger.get(url, { transformResponse: String });
		expect([whole.status, whole.data, whole.headers['content-length']]).toEqual([
			200,
			'0123456789',
			'10',
		]);
		expect(whole.headers.etag).toMatch(/^"[0-9a-f]+-10"$/);
		const head = await stranger.head(url);
		expect([head.status, head.data, head.headers['content-length']]).toEqual([200, '', '10']);
		for (const [range, status, contentRange] of [
			['bytes=2-4', 206, 'bytes 2-4/10'],
			['bytes=7-', 206, 'bytes 7-9/10'],
			['bytes=-3', 206, 'bytes 7-9/10'],
			['bytes=10-', 416, 'bytes */10'],
			['lines=1-2', 200, undefined],
		] as const) {
			const part = await stranger.get(url, { headers: { range } });
			expect([part.status, part.headers['content-range']]).toEqual([status, contentRange]);
		}
		expect(simulator.keyLeaks).toBe(0);
	});

	it('refuses whoever shows the key, and counts it', async () => {
		const url = simulator.publish(Buffer.from('x'), 'x.bin', 'application/octet-stream');
		expect((await client.get(url)).status).toBe(200);
		expect((await stranger.get(`${url}?key=${simulator.apiKey}`)).status).toBe(200);
		const authorization = `Bearer ${simulator.apiKey}`;
		expect((await stranger.get(url, { headers: { authorization } })).status).toBe(200);
		expect(simulator.keyLeaks).toBe(3);
		expect((await stranger.get(`${simulator.filesUrl}/none.png`)).status).toBe(404);
	});
});

describe('the storage origin', () => {
	async function upload(body: unknown, headers: object = { 'x-api-key': simulator.apiKey }) {
		return await stranger.post(`${simulator.storageUrl}/upload-asset`, body, {
			headers: { ...headers },
		});
	}

	it('publishes data URLs in order', async () => {
		const contents = ['hello', '\0\xff', 'x'.repeat(100_000)].map((text) =>
			Buffer.from(text, 'latin1'),
		);
		const dataUrls = contents.map((bytes) => `data:image/png;base64,${bytes.toString('base64')}`);
		const { status, data } = await upload({ data_urls: dataUrls });
		expect([status, data.message]).toEqual([200, 'Files uploaded successfully']);
		for (const [index, url] of (data.file_urls as string[]).entries()) {
			expect(url).toMatch(new RegExp(`^${simulator.filesUrl}/assets/[0-9a-f]{8}\\.png$`));
			const file = await stranger.get(url, { responseType: 'arraybuffer' });
			expect(file.data).toEqual(contents[index]);
			const bytes = contents[index]?.length;
			expect(simulator.uploads[index]).toMatchObject({ url, bytes, contentType: 'image/png' });
		}
	});

	it.each([
		['no list', { urls: ['data:image/png;base64,aGk='] }, 400, 'data_urls is required'],
		['an empty list', { data_urls: [] }, 400, 'data_urls is required'],
		['one string', { data_urls: 'data:image/png;base64,aGk=' }, 400, 'data_urls is required'],
		['a link', { data_urls: ['https://x/y.png'] }, 400, 'Invalid data URL: https://x/y.png'],
		['plain data', { data_urls: ['data:text/plain,hi'] }, 400, 'Invalid data URL'],
	])('refuses %s', async (_name, body, status, error) => {
		const answer = await upload(body);
		expect([answer.status, answer.data.error]).toEqual([status, expect.stringContaining(error)]);
	});

	it('wants the key, and only POST', async () => {
		expect((await upload({ data_urls: ['data:a/b;base64,aGk='] }, {})).status).toBe(401);
		expect((await client.get(`${simulator.storageUrl}/upload-asset`)).status).toBe(405);
	});

	it('takes 60 MB in the least memory, keeping the digest only', async () => {
		const bytes = Buffer.alloc(60_000_000, 'segmind');
		const { data } = await upload({
			data_urls: [`data:video/mp4;base64,${bytes.toString('base64')}`],
		});
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		expect(simulator.uploads).toEqual([
			{ url: data.file_urls[0], contentType: 'video/mp4', bytes: bytes.length, sha256 },
		]);
		expect(simulator.requests[0]).toMatchObject({ body: undefined, status: 200 });
	});

	it('reads data URLs that arrive in pieces, with escaped slashes', () => {
		const contents = Buffer.from([255, 254, 253, 252, 251, 250, 249]);
		const dataUrl = `data:image/png;base64,${contents.toString('base64')}`.replaceAll('/', '\\/');
		const body = Buffer.from(`{ "data_urls" : ["${dataUrl}", "${dataUrl}"] }`);
		for (const size of [1, 2, 3, 7, 1000]) {
			const scanner = new DataUrlScanner(1000);
			for (let at = 0; at < body.length; at += size) scanner.write(body.subarray(at, at + size));
			expect(scanner.strings).toEqual(['data_urls']);
			expect(scanner.files.map(({ content }) => content)).toEqual([contents, contents]);
		}
	});
});
