import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { paletteOf } from './palette';
import type { PictureRequest } from './pictureRequest';
import { hashOf, randomFrom } from './random';
import { RecentlyUsed } from './recentlyUsed';
import type { Scene } from './scene';
import {
	cutOut,
	drawCaption,
	drawClouds,
	drawLight,
	drawRidges,
	drawShapes,
	drawSky,
	drawStars,
} from './scene';

const drawn = new RecentlyUsed(32 * 1024 * 1024);

const QUALITY = 88;

/** A picture of the prompt: equal requests give equal bytes. */
export async function picture(request: PictureRequest): Promise<Buffer> {
	const key = JSON.stringify(request);
	const known = drawn.get(key);
	if (known) return known;
	const bytes = await draw(request);
	drawn.put(key, bytes);
	return bytes;
}

async function draw(request: PictureRequest): Promise<Buffer> {
	const { prompt, seed, width, height, format, cutout } = request;
	const random = randomFrom(hashOf(`${prompt}#${seed}`));
	const canvas = createCanvas(width, height);
	const palette = paletteOf(prompt, random);
	const scene: Scene = { pen: canvas.getContext('2d'), width, height, palette, random };
	drawSky(scene);
	drawStars(scene);
	drawLight(scene);
	drawClouds(scene);
	drawRidges(scene);
	drawShapes(scene);
	if (cutout) cutOut(scene);
	// A machine without fonts draws no text; the picture stays a picture.
	if (prompt && GlobalFonts.families.length > 0) drawCaption(scene, prompt.slice(0, 90));
	// encode() works off the event loop's thread, so many requests at once do not hold up the server.
	if (format === 'png') return await canvas.encode('png');
	if (format === 'webp') return await canvas.encode('webp', QUALITY);
	return await canvas.encode('jpeg', QUALITY);
}
