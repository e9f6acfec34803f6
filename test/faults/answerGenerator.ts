import { fileOf } from '../engine/sampleFiles';
import { hex, type Random } from '../simulator/random';

/** One generated answer of a finished job, with the media URLs in it that must not be lost. */
export interface GeneratedAnswer {
	body: unknown;
	urls: string[];
}

const ENDINGS = [
	'png',
	'jpeg',
	'webp',
	'gif',
	'mp4',
	'webm',
	'mov',
	'mp3',
	'wav',
	'm4a',
	'glb',
	'obj',
];
const KEYS = [
	'foo',
	'data',
	'result',
	'output',
	'images',
	'video',
	'audio',
	'mask',
	'meta',
	'content',
	'text',
	'a',
];
const JUNK: unknown[] = [
	null,
	0,
	-1,
	true,
	'',
	' ',
	'ok',
	'NSFW',
	[],
	{},
	'constructor',
	'{"broken": ',
	'[1, 2',
	'https://example.com/about',
	'ftp://example.com/a',
	'<svg',
	'data:image/png;base64,',
	'9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
	'8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10',
	'\ufffd\u0000',
	'12345678901234567890',
	{ error: 'x' },
	{ status: 'failed', message: 'no' },
	{ nsfw: true },
	JSON.parse('{"__proto__": {"polluted": 1}}'),
];

/** Generates answers in formats seen by public clients, nested, truncated and mixed with junk. */
export class AnswerGenerator {
	private urls: string[] = [];

	private count = 0;

	constructor(private readonly random: Random) {}

	next(): GeneratedAnswer {
		this.urls = [];
		const shaped = this.shape();
		const mixed = this.chance(0.5) ? { ...this.object(2), ...shaped } : shaped;
		const body = this.chance(0.3) ? this.shortened(mixed) : mixed;
		const text = JSON.stringify(body);
		return { body, urls: this.urls.filter((url) => text.includes(url)) };
	}

	/** An answer in a random format, as `output` and around it. */
	private shape(): Record<string, unknown> {
		const url = () => this.url();
		const png = () => fileOf('png', 90, ++this.count).toString('base64');
		const shapes: Array<() => Record<string, unknown>> = [
			() => ({ output: url() }),
			() => ({ output: [url(), url()] }),
			() => ({ output: JSON.stringify([url(), { url: url() }]) }),
			() => ({ output: { output: url() } }),
			() => ({ output: url(), images: [{ url: url(), content_type: 'image/png' }, url()] }),
			() => ({ video: { url: url(), last_frame_url: url() }, audio: url() }),
			() => ({ image: url(), model_mesh: { url: url() } }),
			() => ({ data: [{ b64_json: png() }, { url: url() }] }),
			() => ({
				output: {
					candidates: [
						{
							content: {
								parts: [{ inlineData: { mimeType: 'image/png', data: png() } }, { text: url() }],
							},
						},
					],
				},
			}),
			() => ({
				output: {
					choices: [
						{
							message: {
								content: `Look: ${url()} and ${url()}.`,
								images: [{ image_url: { url: url() } }],
							},
						},
					],
				},
			}),
			() => ({ result: { images: [url()] } }),
			() => ({ output: `See ${url()}, please` }),
			() => ({ output: `${url()}\n${url()}` }),
			() => ({ output: this.object(3) }),
			() => ({ output: { status: 'failed', message: `no, as in ${url()}` } }),
			() => ({ output: null, [this.pick(KEYS)]: this.value(3) }),
			() => ({ images: [], nsfw: true }),
			() => ({ output: '' }),
			() => ({}),
		];
		return this.pick(shapes)();
	}

	private object(depth: number): Record<string, unknown> {
		const size = 1 + Math.floor(this.random() * 3);
		const entries = Array.from({ length: size }, () => [this.pick(KEYS), this.value(depth - 1)]);
		return Object.fromEntries(entries) as Record<string, unknown>;
	}

	private value(depth: number): unknown {
		if (this.chance(0.35)) return this.url();
		if (this.chance(0.1)) return `as in ${this.url()}, or [this](${this.url()})`;
		if (depth <= 0 || this.chance(0.4)) return this.pick(JUNK);
		const inner = this.chance(0.5)
			? this.object(depth)
			: [this.value(depth - 1), this.value(depth - 1)];
		return this.chance(0.2) ? JSON.stringify(inner) : inner;
	}

	/** Without some of its keys, or with a truncated text. */
	private shortened(body: Record<string, unknown>): Record<string, unknown> {
		const kept = Object.entries(body).filter(() => this.chance(0.8));
		return Object.fromEntries(
			kept.map(([key, value]) =>
				typeof value === 'string' && this.chance(0.3)
					? [key, value.slice(0, Math.ceil(value.length / 2))]
					: [key, value],
			),
		);
	}

	private url(): string {
		const url = `https://images.segmind.com/${hex(this.random, 4)}/${++this.count}.${this.pick(ENDINGS)}`;
		this.urls.push(url);
		return url;
	}

	private pick<T>(choices: readonly T[]): T {
		return choices[Math.floor(this.random() * choices.length)]!;
	}

	private chance(part: number): boolean {
		return this.random() < part;
	}
}
