/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { asBase64, upload, type UploadFile } from '../../nodes/api/storage';
import { clock, now } from '../../nodes/clock';
import { randomFrom } from '../simulator/random';
import { startSimulator, type Simulator } from '../simulator/simulator';
import { connectionTo } from './connectionTo';

let sim: Simulator;

beforeAll(async () => {
	clock.speed = 100;
	sim = await startSimulator({ speed: 100, now });
});
beforeEach(() => sim.reset());
afterAll(async () => {
	clock.speed = 1;
	await sim.close();
});

const bytesOf = (size: number) =>
	Buffer.from(Array.from({ length: size }, (_, at) => (at * 7) % 256));
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A file of n8n's store: on disk, or in memory. */
function fileOf(bytes: Buffer, more: Partial<UploadFile> = {}): UploadFile {
	return {
		field: 'data',
		fileName: 'fox.png',
		mimeType: 'image/png',
		size: bytes.length,
		read: async () => Readable.from([bytes], { objectMode: false }),
		streamType: Readable.from([]),
		...more,
	};
}

describe('asBase64', () => {
	const random = randomFrom(3);

	it.each([0, 1, 2, 3, 4, 100, 1_000])(
		'encodes the whole, however %i bytes are split',
		async (size) => {
			const bytes = bytesOf(size);
			async function* pieces() {
				for (let at = 0; at < size; ) {
					const length = 1 + Math.floor(random() * 7);
					yield bytes.subarray(at, at + length);
					at += length;
				}
			}
			let text = '';
			for await (const part of asBase64(pieces())) text += part;
			expect(text).toBe(bytes.toString('base64'));
		},
	);
});

describe('upload', () => {
	it.each<[where: string, more: Partial<UploadFile>]>([
		['on disk', {}],
		['in memory', { streamType: undefined }],
	])(
		'sends files %s and a data URI in one request, with its exact length',
		async (_where, more) => {
			const [first, second] = [bytesOf(1_000), bytesOf(100_001)];
			const urls = await upload(await connectionTo(sim), [
				fileOf(first, more),
				`data:image/gif;base64,${bytesOf(10).toString('base64')}`,
				fileOf(second, { ...more, mimeType: 'video/mp4' }),
			]);
			expect(urls).toEqual(sim.uploads.map(({ url }) => url));
			expect(sim.uploads.map(({ contentType, sha256: digest }) => [contentType, digest])).toEqual([
				['image/png', sha256(first)],
				['image/gif', sha256(bytesOf(10))],
				['video/mp4', sha256(second)],
			]);
			const [request] = sim.requests;
			expect(sim.requests).toHaveLength(1);
			expect(request).toMatchObject({ method: 'POST', path: '/upload-asset' });
			expect(request!.headers['content-length']).toBe(String(request!.bodyBytes));
		},
	);

	it('rereads the file for each attempt', async () => {
		sim.script({ answer: { status: 503, body: {} } });
		const bytes = bytesOf(5_000);
		await upload(await connectionTo(sim, { maxRetries: 1 }), [fileOf(bytes)]);
		expect(sim.requests).toHaveLength(2);
		expect(sim.uploads.map(({ sha256: digest }) => digest)).toEqual([sha256(bytes)]);
	});

	it('closes the file of a partly sent body', async () => {
		sim.script({ answer: { fault: 'reset' } });
		let closed = 0;
		const read = async () => {
			async function* endless() {
				try {
					for (;;) yield Buffer.alloc(64 * 1024);
				} finally {
					closed++;
				}
			}
			return endless();
		};
		const file = fileOf(Buffer.alloc(0), { size: 1024 ** 3, read });
		await expect(upload(await connectionTo(sim), [file])).rejects.toThrow(
			'could not upload fox.png',
		);
		expect(closed).toBe(1);
	});

	it.each<[what: string, body: object]>([
		['as documented', { file_urls: ['https://f/1'] }],
		['in the other spelling', { urls: ['https://f/1'] }],
		['of a single one', { url: 'https://f/1' }],
	])('reads URLs %s', async (_what, body) => {
		sim.script({ answer: { body } });
		expect(await upload(await connectionTo(sim), [fileOf(bytesOf(3))])).toEqual(['https://f/1']);
	});

	it.each<[what: string, body: object | string, received: number]>([
		['none', { message: 'Files uploaded successfully' }, 0],
		['too many', { file_urls: ['https://f/1', 'https://f/2'] }, 2],
		['what is no address', { file_urls: ['images/1', null] }, 0],
		['a page', '<html></html>', 0],
	])('does not guess file URLs from %s', async (_what, body, received) => {
		sim.script({ answer: { body } });
		await expect(upload(await connectionTo(sim), [fileOf(bytesOf(3))])).rejects.toThrow(
			`Segmind returned ${received} URLs for 1 files, so it is not certain which were stored: fox.png (field "data")`,
		);
	});

	it('sends nothing if a file is too large', async () => {
		const large = fileOf(Buffer.alloc(0), { fileName: null, size: 2 * 1024 ** 3 + 1 });
		await expect(
			upload(await connectionTo(sim), [fileOf(bytesOf(3)), large]),
		).rejects.toMatchObject({
			message: 'The file (field "data") is larger than the 2 GB that Segmind accepts',
			details: { description: 'Nothing was sent' },
		});
		expect(sim.requests).toEqual([]);
	});
});
