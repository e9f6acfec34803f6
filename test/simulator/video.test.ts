import { createCanvas, loadImage } from '@napi-rs/canvas';
import { lastFrame, mp4 } from './video';

/** The content of a box, by the names of the boxes around it (ISO 14496-12, 4.2); `skip` bytes stand before a box's children. */
function boxAt(file: Buffer, ...path: Array<[name: string, skip?: number]>): Buffer {
	let inside = file;
	for (const [name, skip = 0] of path) {
		let at = 0;
		while (inside.toString('latin1', at + 4, at + 8) !== name) {
			if (at + 8 > inside.length) throw new Error(`No box ${name}`);
			at += inside.readUInt32BE(at);
		}
		inside = inside.subarray(at + 8 + skip, at + inside.readUInt32BE(at));
	}
	return inside;
}

const track = [['moov'], ['trak']] as Array<[string]>;

it.each([
	[{}, 5000],
	[{ seconds: 8 }, 8000],
	[{ seconds: '10' }, 10000],
	[{ seconds: '6s' }, 6000],
	[{ seconds: 'auto' }, 5000],
])('a film of %j lasts about %d ms', (request, ms) => {
	const header = boxAt(mp4(1, request), ['moov'], ['mvhd']);
	expect(header.readUInt32BE(12)).toBe(1000);
	expect(Math.abs(header.readUInt32BE(16) - ms)).toBeLessThan(10);
});

it.each([
	[{}, 16 / 9],
	[{ aspectRatio: '9:16' }, 9 / 16],
	[{ aspectRatio: '1:1' }, 1],
	[{ aspectRatio: 'adaptive' }, 16 / 9],
])('a film of %j has about the shape', (request, ratio) => {
	const header = boxAt(mp4(1, request), ...track, ['tkhd']);
	const [width, height] = [header.readUInt32BE(76) >> 16, header.readUInt32BE(80) >> 16];
	expect(width / height / ratio).toBeGreaterThan(0.9);
	expect(width / height / ratio).toBeLessThan(1.1);
});

it('says truly where its pictures are', () => {
	const file = mp4(7);
	const tables = [...track, ['mdia'], ['minf'], ['stbl']] as Array<[string]>;
	const first = boxAt(file, ...tables, ['stco']).readUInt32BE(8);
	const sizes = boxAt(file, ...tables, ['stsz']);
	const count = sizes.readUInt32BE(8);
	const lengths = Array.from({ length: count }, (_, at) => sizes.readUInt32BE(12 + at * 4));
	const data = boxAt(file, ['mdat']);
	expect(lengths.reduce((sum, length) => sum + length)).toBe(data.length);
	expect(file.subarray(first).equals(data)).toBe(true);
	// Each is one unit with its length before it: the first in full (type 5), the others a change (type 1).
	let at = 0;
	const types = lengths.map((length) => {
		expect(data.readUInt32BE(at)).toBe(length - 4);
		const type = data[at + 4]! & 31;
		at += length;
		return type;
	});
	expect(types).toEqual([5, 1, 1, 1, 1, 1]);
});

it('holds no start code within a unit', () => {
	for (let seed = 0; seed < 20; seed++) {
		const data = boxAt(mp4(seed), ['mdat']);
		let at = 0;
		while (at < data.length) {
			const unit = data.subarray(at + 4, at + 4 + data.readUInt32BE(at));
			const isStart = (byte: number, i: number) =>
				byte === 0 && unit[i + 1] === 0 && (unit[i + 2] ?? 9) <= 3;
			expect(unit.findIndex(isStart)).toBe(-1);
			at += 4 + unit.length;
		}
	}
});

it('ends with the picture that is its last frame, and differs from seed to seed', async () => {
	const spot = async (seed: number) => {
		const image = await loadImage(await lastFrame(seed));
		const pen = createCanvas(image.width, image.height).getContext('2d');
		pen.drawImage(image, 0, 0);
		// Where the dot has arrived, and where it began.
		const [end] = pen.getImageData(image.width - 16, 24, 1, 1).data;
		const [start] = pen.getImageData(16, 24, 1, 1).data;
		return { end, start };
	};
	const { end, start } = await spot(3);
	expect(end).toBe(255);
	expect(start).toBeLessThan(255);
	expect(await lastFrame(3)).toEqual(await lastFrame(3));
	expect((await lastFrame(3)).equals(await lastFrame(4))).toBe(false);
	expect(mp4(3).equals(mp4(4))).toBe(false);
});
