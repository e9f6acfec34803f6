/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
// check-pictures.ts FOLDER COUNT [WIDTHxHEIGHT]: the folder holds so many files, each a valid picture of that size.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';

/** The size of an image; throws if it cannot be fully decoded or is a single plain colour. */
async function sizeOf(path: string): Promise<string> {
	const image = await loadImage(path);
	const { width, height } = image;
	const context = createCanvas(width, height).getContext('2d');
	context.drawImage(image, 0, 0);
	const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
	if (pixels.every((pixel) => pixel === pixels[0])) throw new Error('it is a single colour');
	return `${width}x${height}`;
}

async function main([folder = '', count, size]: string[]): Promise<void> {
	const names = readdirSync(folder);
	if (names.length !== Number(count)) {
		throw new Error(`${folder} holds ${names.length} files instead of ${count}`);
	}
	for (const name of names) {
		const found = await sizeOf(join(folder, name)).catch((error: Error) => {
			throw new Error(`${name} is not a valid picture: ${error.message}`);
		});
		if (size && found !== size) throw new Error(`${name} is ${found} instead of ${size}`);
		console.log(`${name}: a valid picture, ${found}`);
	}
}

main(process.argv.slice(2)).catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
