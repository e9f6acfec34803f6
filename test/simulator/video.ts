import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { h264, type Planes } from './h264';
import { RecentlyUsed } from './recentlyUsed';

/** The requested properties of a video. */
export interface FilmRequest {
	/** Such as "9:16"; 16:9 where it is none. */
	aspectRatio?: unknown;
	/** Five where it is none. */
	seconds?: unknown;
}

/** Blocks of 16 by 16 pixels: a film of a few kilobytes. */
const BLOCKS = 28;
const PICTURES = 6;
/** Units per second of a film's clock. */
const SCALE = 1000;

const made = new RecentlyUsed(4 * 1024 * 1024);

/** A video that every player shows: a dot moves over a sky whose colour depends on the seed. Equal requests give equal bytes. */
export function mp4(seed: number, request: FilmRequest = {}): Buffer {
	const key = JSON.stringify([seed, request]);
	const film = made.get(key) ?? filmOf(seed, request);
	made.put(key, film);
	return film;
}

function filmOf(seed: number, request: FilmRequest): Buffer {
	const { width, height } = sidesOf(request);
	const { sequence, picture, samples } = h264(
		Array.from({ length: PICTURES }, (_, at) => planesOf(drawn(seed, at, request))),
	);
	const units = samples.map((unit) => Buffer.concat([number32(unit.length), unit]));
	const each = Math.round((secondsOf(request) * SCALE) / PICTURES);
	const length = each * PICTURES;
	const type = box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2avc1mp41', 'latin1'));
	const description = box(
		'avc1',
		bytes(0, 0, 0, 0, 0, 0, 0, 1),
		Buffer.alloc(16),
		number16(width, height),
		number32(0x480000, 0x480000, 0),
		number16(1),
		Buffer.alloc(32),
		number16(24, 0xffff),
		box(
			'avcC',
			bytes(1, 66, 0xc0, 30, 0xff, 0xe1),
			number16(sequence.length),
			sequence,
			bytes(1),
			number16(picture.length),
			picture,
		),
	);
	const film = (dataAt: number) =>
		box(
			'moov',
			full(
				'mvhd',
				number32(0, 0, SCALE, length, 0x10000),
				number16(0x100),
				Buffer.alloc(10),
				MATRIX,
				Buffer.alloc(24),
				number32(2),
			),
			box(
				'trak',
				box(
					'tkhd',
					number32(3, 0, 0, 1, 0, length),
					Buffer.alloc(16),
					MATRIX,
					number32(width << 16, height << 16),
				),
				box(
					'mdia',
					full('mdhd', number32(0, 0, SCALE, length), number16(0x55c4, 0)),
					full('hdlr', number32(0), Buffer.from('vide'), Buffer.alloc(12), Buffer.from('film\0')),
					box(
						'minf',
						box('vmhd', number32(1), Buffer.alloc(8)),
						box('dinf', full('dref', number32(1), box('url ', number32(1)))),
						box(
							'stbl',
							full('stsd', number32(1), description),
							full('stts', number32(1, PICTURES, each)),
							full('stss', number32(1, 1)),
							full('stsc', number32(1, 1, PICTURES, 1)),
							full('stsz', number32(0, PICTURES, ...units.map((unit) => unit.length))),
							full('stco', number32(1, dataAt)),
						),
					),
				),
			),
		);
	const dataAt = type.length + film(0).length + 8;
	return Buffer.concat([type, film(dataAt), box('mdat', ...units)]);
}

/** The last picture of the same film. */
export async function lastFrame(seed: number, request: FilmRequest = {}): Promise<Buffer> {
	return await drawn(seed, PICTURES - 1, request).canvas.encode('png');
}

function drawn(seed: number, at: number, request: FilmRequest): SKRSContext2D {
	const { width, height } = sidesOf(request);
	const pen = createCanvas(width, height).getContext('2d');
	const sky = pen.createLinearGradient(0, 0, 0, height);
	sky.addColorStop(0, `hsl(${(seed * 47) % 360} 60% 35%)`);
	sky.addColorStop(1, `hsl(${(seed * 47 + 40) % 360} 70% 75%)`);
	pen.fillStyle = sky;
	pen.fillRect(0, 0, width, height);
	const x = 16 + ((width - 32) * at) / (PICTURES - 1);
	pen.fillStyle = 'white';
	pen.beginPath();
	pen.arc(x, 24, 7, 0, Math.PI * 2);
	pen.fill();
	return pen;
}

/** Source: ITU-R BT.601, the narrow range. */
function planesOf(pen: SKRSContext2D): Planes {
	const { width, height } = pen.canvas;
	const { data } = pen.getImageData(0, 0, width, height);
	const luma = new Uint8Array(width * height);
	const [blue, red] = [new Uint8Array(luma.length / 4), new Uint8Array(luma.length / 4)];
	for (let at = 0; at < luma.length; at++) {
		const [r = 0, g = 0, b = 0] = data.subarray(at * 4, at * 4 + 3);
		luma[at] = 16 + Math.round((65.481 * r + 128.553 * g + 24.966 * b) / 255);
		const [x, y] = [at % width, Math.floor(at / width)];
		if (x % 2 || y % 2) continue;
		const half = (y / 2) * (width / 2) + x / 2;
		blue[half] = 128 + Math.round((-37.797 * r - 74.203 * g + 112 * b) / 255);
		red[half] = 128 + Math.round((112 * r - 93.786 * g - 18.214 * b) / 255);
	}
	return { width, height, luma, blue, red };
}

function sidesOf({ aspectRatio }: FilmRequest): { width: number; height: number } {
	const [, wide, high] = /^(\d{1,3}):(\d{1,3})$/.exec(String(aspectRatio)) ?? [];
	const ratio = Number(wide) / Number(high);
	const proportion = ratio > 0 && ratio < Infinity ? ratio : 16 / 9;
	const side = (blocks: number) => 16 * Math.max(3, Math.round(blocks));
	return {
		width: side(Math.sqrt(BLOCKS * proportion)),
		height: side(Math.sqrt(BLOCKS / proportion)),
	};
}

function secondsOf({ seconds }: FilmRequest): number {
	const asked = parseFloat(String(seconds));
	return asked > 0 && asked < 3600 ? asked : 5;
}

const MATRIX = number32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

function box(type: string, ...parts: Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	return Buffer.concat([number32(content.length + 8), Buffer.from(type, 'latin1'), content]);
}

/** A box with a version and no flags. */
function full(type: string, ...parts: Buffer[]): Buffer {
	return box(type, number32(0), ...parts);
}

function bytes(...values: number[]): Buffer {
	return Buffer.from(values);
}

function number16(...values: number[]): Buffer {
	return Buffer.concat(values.map((value) => bytes(value >> 8, value & 0xff)));
}

function number32(...values: number[]): Buffer {
	return Buffer.concat(
		values.map((value) => {
			const four = Buffer.alloc(4);
			four.writeUInt32BE(value);
			return four;
		}),
	);
}
