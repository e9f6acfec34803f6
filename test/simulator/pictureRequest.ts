export type PictureFormat = 'jpeg' | 'png' | 'webp';

export interface PictureRequest {
	prompt: string;
	seed: number;
	width: number;
	height: number;
	format: PictureFormat;
	/** A subject without its background. */
	cutout?: boolean;
}

const MAX_SIDE = 4096;
const DEFAULT_SIDE = 1024;

/** What picture a body asks for; the `index`th of several gets the next seed. A cutout is a PNG: JPEG knows no transparency. */
export function pictureRequestOf(
	body: Record<string, unknown>,
	seed: number,
	index = 0,
	cutout = false,
): PictureRequest {
	const prompt = typeof body.prompt === 'string' ? body.prompt : '';
	const format = cutout ? 'png' : formatOf(body);
	return { prompt, seed: seed + index, format, cutout, ...sizeOf(body) };
}

/** How many pictures a body asks for: the parameter's name differs from model to model. */
export function pictureCountOf(body: Record<string, unknown>): number {
	const asked = [body.samples, body.num_images, body.num_outputs, body.n].map(Number);
	const count = asked.find((value) => Number.isInteger(value) && value > 0) ?? 1;
	return Math.min(count, 15);
}

function formatOf(body: Record<string, unknown>): PictureFormat {
	const asked = String(body.output_format ?? body.image_format ?? 'jpeg').toLowerCase();
	if (asked.includes('png')) return 'png';
	if (asked.includes('webp')) return 'webp';
	return 'jpeg';
}

function sizeOf(body: Record<string, unknown>): { width: number; height: number } {
	const width = side(body.width) ?? side(body.img_width);
	const height = side(body.height) ?? side(body.img_height);
	if (width !== undefined || height !== undefined) {
		return { width: width ?? DEFAULT_SIDE, height: height ?? DEFAULT_SIDE };
	}
	const size = String(body.size ?? body.image_size ?? '');
	const pair = /^(\d{1,5})\s*[x*]\s*(\d{1,5})$/i.exec(size);
	if (pair) {
		return { width: side(pair[1]) ?? DEFAULT_SIDE, height: side(pair[2]) ?? DEFAULT_SIDE };
	}
	const thousands = /^([124])k$/i.exec(size);
	return shaped(String(body.aspect_ratio ?? ''), DEFAULT_SIDE * Number(thousands?.[1] ?? 1));
}

function side(value: unknown): number | undefined {
	const pixels = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
	return Number.isFinite(pixels) && pixels >= 1
		? Math.min(Math.round(pixels), MAX_SIDE)
		: undefined;
}

/** Sides in steps of 64 with the area of a square of `base`, as diffusion models do it. */
function shaped(aspectRatio: string, base: number): { width: number; height: number } {
	const ratio = /^(\d{1,3}):(\d{1,3})$/.exec(aspectRatio);
	const proportion = ratio ? Number(ratio[1]) / Number(ratio[2]) : 1;
	if (!Number.isFinite(proportion) || proportion <= 0) return { width: base, height: base };
	const step = (pixels: number) => Math.min(MAX_SIDE, Math.max(64, Math.round(pixels / 64) * 64));
	return { width: step(base * Math.sqrt(proportion)), height: step(base / Math.sqrt(proportion)) };
}
