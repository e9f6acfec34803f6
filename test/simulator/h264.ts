/** A picture in planes, its sides multiples of 16. */
export interface Planes {
	width: number;
	height: number;
	luma: Uint8Array;
	/** Half as wide and as high. */
	blue: Uint8Array;
	red: Uint8Array;
}

/** What a decoder has to know before the first picture, and the pictures. */
export interface Stream {
	sequence: Buffer;
	picture: Buffer;
	/** One per picture: the first in full, then what has changed since the one before. */
	samples: Buffer[];
}

/** Bits of an H.264 stream (ITU-T H.264, 7.2). */
class Bits {
	private readonly bytes: number[] = [];
	private free = 0;

	u(count: number, value: number): this {
		for (let bit = count - 1; bit >= 0; bit--) {
			if (this.free === 0) {
				this.bytes.push(0);
				this.free = 8;
			}
			this.free--;
			this.bytes[this.bytes.length - 1]! |= ((value >> bit) & 1) << this.free;
		}
		return this;
	}

	/** Exp-Golomb. */
	ue(value: number): this {
		const length = Math.floor(Math.log2(value + 1));
		return this.u(length, 0).u(length + 1, value + 1);
	}

	aligned(): this {
		this.free = 0;
		return this;
	}

	raw(bytes: Iterable<number>): this {
		this.bytes.push(...bytes);
		return this;
	}

	/** With the stop bit, as a unit of the given type. */
	unit(header: number): Buffer {
		this.u(1, 1);
		return Buffer.from([header, ...this.bytes]);
	}
}

/**
 * Pictures as an H.264 stream of the Baseline profile that every player takes. Blocks are stored as they are (I_PCM), and
 * those that stay the same are skipped. Samples are at least 16, so no start code can arise in them.
 */
export function h264(pictures: readonly Planes[]): Stream {
	const [first] = pictures;
	if (!first) throw new Error('A stream has at least one picture');
	const sequence = new Bits().u(8, 66).u(8, 0xc0).u(8, 30);
	// Four bits of frame number, output in coding order, one picture to refer to.
	sequence.ue(0).ue(0).ue(2).ue(1).u(1, 0);
	sequence.ue(first.width / 16 - 1).ue(first.height / 16 - 1);
	sequence.u(1, 1).u(1, 1).u(1, 0).u(1, 0);
	const picture = new Bits().ue(0).ue(0).u(2, 0).ue(0).ue(0).ue(0).u(3, 0);
	picture.ue(0).ue(0).ue(0).u(1, 1).u(2, 0);
	return {
		sequence: sequence.unit(0x67),
		picture: picture.unit(0x68),
		samples: pictures.map((one, at) =>
			at === 0 ? whole(one) : change(one, pictures[at - 1]!, at),
		),
	};
}

function whole(picture: Planes): Buffer {
	// Slice of type I, frame 0, nothing marked, no change of quantiser, no deblocking.
	const slice = new Bits().ue(0).ue(7).ue(0).u(4, 0).ue(0).u(2, 0).ue(0).ue(1);
	for (const block of blocksOf(picture)) slice.ue(25).aligned().raw(block);
	return slice.unit(0x65);
}

function change(picture: Planes, before: Planes, number: number): Buffer {
	const slice = new Bits()
		.ue(0)
		.ue(5)
		.ue(0)
		.u(4, number % 16);
	slice.u(3, 0).ue(0).ue(1);
	const old = blocksOf(before);
	let skipped = 0;
	for (const [at, block] of blocksOf(picture).entries()) {
		if (old[at]!.equals(block)) {
			skipped++;
			continue;
		}
		slice.ue(skipped).ue(30).aligned().raw(block);
		skipped = 0;
	}
	if (skipped) slice.ue(skipped);
	return slice.unit(0x61);
}

/** 16 by 16 samples of luma, then the 8 by 8 of each colour, row by row. */
function blocksOf({ width, height, luma, blue, red }: Planes): Buffer[] {
	const across = width / 16;
	return Array.from({ length: across * (height / 16) }, (_, at) => {
		const [column, row] = [at % across, Math.floor(at / across)];
		return Buffer.concat([
			cut(luma, width, column, row, 16),
			cut(blue, width / 2, column, row, 8),
			cut(red, width / 2, column, row, 8),
		]);
	});
}

function cut(plane: Uint8Array, width: number, column: number, row: number, side: number): Buffer {
	const lines = Array.from({ length: side }, (_, line) => {
		const start = (row * side + line) * width + column * side;
		return plane.subarray(start, start + side);
	});
	return Buffer.concat(lines);
}
