/** Two seconds of silence as MPEG-1 layer III frames (128 kbit/s, 44.1 kHz). */
export function mp3(): Buffer {
	const frame = Buffer.alloc(417);
	frame.writeUInt32BE(0xfffb9064, 0);
	return Buffer.concat(Array.from({ length: 80 }, () => frame));
}

/** A second of a tone whose pitch follows the seed (16 bit mono, 22.05 kHz). */
export function wav(seed: number): Buffer {
	const rate = 22_050;
	const pitch = 220 * 2 ** ((seed % 24) / 12);
	const file = Buffer.alloc(44 + rate * 2);
	file.write('RIFF', 0, 'latin1');
	file.writeUInt32LE(file.length - 8, 4);
	file.write('WAVEfmt ', 8, 'latin1');
	file.writeUInt32LE(16, 16);
	file.writeUInt16LE(1, 20);
	file.writeUInt16LE(1, 22);
	file.writeUInt32LE(rate, 24);
	file.writeUInt32LE(rate * 2, 28);
	file.writeUInt16LE(2, 32);
	file.writeUInt16LE(16, 34);
	file.write('data', 36, 'latin1');
	file.writeUInt32LE(rate * 2, 40);
	for (let index = 0; index < rate; index++) {
		const swing = Math.sin((index / rate) * pitch * Math.PI * 2);
		file.writeInt16LE(Math.round(swing * 12_000), 44 + index * 2);
	}
	return file;
}

/** A binary glTF with an empty scene. */
export function glb(): Buffer {
	const scene = JSON.stringify({ asset: { version: '2.0' }, scene: 0, scenes: [{ nodes: [] }] });
	const chunk = Buffer.from(scene.padEnd(Math.ceil(scene.length / 4) * 4, ' '));
	const head = Buffer.alloc(20);
	head.write('glTF', 0, 'latin1');
	head.writeUInt32LE(2, 4);
	head.writeUInt32LE(20 + chunk.length, 8);
	head.writeUInt32LE(chunk.length, 12);
	head.write('JSON', 16, 'latin1');
	return Buffer.concat([head, chunk]);
}
