/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import assert from 'node:assert/strict';
import type { INodeExecutionData } from 'n8n-workflow';
import type { Client } from './client';

/** A photo as input for a model: one plain colour. */
export function photo(colour = '#6080c0'): Buffer {
	const canvas = createCanvas(320, 240);
	const context = canvas.getContext('2d');
	context.fillStyle = colour;
	context.fillRect(0, 0, 320, 240);
	return canvas.toBuffer('image/jpeg');
}

/** Fetches every file of the items from n8n and checks that it is complete and of its type; returns the number. */
export async function checkFiles(client: Client, items: INodeExecutionData[]): Promise<number> {
	let count = 0;
	for (const { binary = {}, json } of items) {
		for (const data of Object.values(binary)) {
			const bytes = await client.file(data);
			assert.ok(bytes.length > 0, 'the file is not empty');
			// An item may also hold the input file, and a PixelFlow returns several.
			if (data.fileName === json.file_name) {
				assert.equal(bytes.length, json.file_size, 'it has the size that its item tells');
				assert.equal(data.mimeType, json.content_type);
			}
			if (data.mimeType.startsWith('image/')) {
				const { width, height } = await loadImage(bytes);
				assert.ok(width > 0 && height > 0, 'the picture can be shown');
			}
			count += 1;
		}
	}
	return count;
}
