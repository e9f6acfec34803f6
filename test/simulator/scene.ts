import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Palette } from './palette';
import type { Random } from './random';

export interface Scene {
	pen: SKRSContext2D;
	width: number;
	height: number;
	palette: Palette;
	random: Random;
}

/** The sky, lighter towards the horizon. */
export function drawSky({ pen, width, height, palette }: Scene): void {
	const sky = pen.createLinearGradient(0, 0, 0, height);
	const base = palette.dark ? 8 : palette.dusk ? 30 : 58;
	sky.addColorStop(0, palette.colour(palette.hue, 62, base));
	sky.addColorStop(0.55, palette.colour(palette.hue + 18, 66, base + (palette.dark ? 14 : 22)));
	sky.addColorStop(1, palette.colour(palette.dusk ? 24 : palette.accent, 74, base + 30));
	pen.fillStyle = sky;
	pen.fillRect(0, 0, width, height);
}

/** Stars, for a dark sky only. */
export function drawStars({ pen, width, height, palette, random }: Scene): void {
	if (!palette.dark) return;
	for (let star = 0; star < 140; star++) {
		const radius = 0.4 + random() ** 3 * (width / 420);
		pen.fillStyle = palette.colour(palette.hue + random() * 60, 60, 92, 0.35 + random() * 0.6);
		disc(pen, random() * width, random() * height * 0.7, radius);
	}
}

/** A sun or a moon with its glow. */
export function drawLight({ pen, width, height, palette, random }: Scene): void {
	const x = width * (0.22 + random() * 0.56);
	const y = height * (0.2 + random() * 0.25);
	const radius = Math.min(width, height) * (0.07 + random() * 0.06);
	const hue = palette.dark ? palette.hue : 42;
	const glow = pen.createRadialGradient(x, y, radius * 0.6, x, y, radius * 5);
	glow.addColorStop(0, palette.colour(hue, 90, 85, 0.75));
	glow.addColorStop(1, palette.colour(hue, 90, 70, 0));
	pen.fillStyle = glow;
	pen.fillRect(0, 0, width, height);
	pen.fillStyle = palette.colour(hue, palette.dark ? 25 : 95, 94);
	disc(pen, x, y, radius);
}

/** Soft bands of cloud. */
export function drawClouds({ pen, width, height, palette, random }: Scene): void {
	for (let cloud = 0; cloud < 6; cloud++) {
		const x = random() * width;
		const y = height * (0.1 + random() * 0.4);
		const long = width * (0.1 + random() * 0.2);
		pen.fillStyle = palette.colour(palette.hue + 10, 30, palette.dark ? 40 : 94, 0.1);
		for (let puff = 0; puff < 7; puff++) {
			const shift = (puff / 6 - 0.5) * 2;
			pen.beginPath();
			pen.ellipse(x + shift * long, y, long * 0.4, height * 0.02 * (2 - shift ** 2), 0, 0, 7);
			pen.fill();
		}
	}
}

/** Ridges, one behind the other, paler with the distance. */
export function drawRidges({ pen, width, height, palette, random }: Scene): void {
	const layers = 5;
	for (let layer = 0; layer < layers; layer++) {
		const near = layer / (layers - 1);
		const base = height * (0.5 + near * 0.3);
		const swing = height * (0.09 + random() * 0.06);
		const waves = [1, 2.3, 5.1, 11].map((count) => ({
			rate: (count * (0.7 + random() * 0.6) * Math.PI * 2) / width,
			phase: random() * 7,
			size: swing / count ** 0.9,
		}));
		pen.beginPath();
		pen.moveTo(0, height);
		for (let x = 0; x <= width; x += Math.max(2, width / 220)) {
			const lift = waves.reduce(
				(sum, wave) => sum + Math.sin(x * wave.rate + wave.phase) * wave.size,
				0,
			);
			pen.lineTo(x, base - lift);
		}
		pen.lineTo(width, height);
		pen.closePath();
		const light = (palette.dark ? 30 : 66) - near * (palette.dark ? 24 : 50);
		pen.fillStyle = palette.colour(palette.accent + (1 - near) * 24, 34 + near * 22, light);
		pen.fill();
	}
}

/** Floating translucent shapes, the part that most clearly differs from seed to seed. */
export function drawShapes({ pen, width, height, palette, random }: Scene): void {
	for (let shape = 0; shape < 18; shape++) {
		const x = random() * width;
		const y = height * (0.3 + random() * 0.7);
		const radius = Math.min(width, height) * (0.01 + random() ** 2 * 0.07);
		const hue = random() < 0.5 ? palette.accent : palette.hue + 180;
		pen.fillStyle = palette.colour(hue, 80, 72, 0.1 + random() * 0.16);
		disc(pen, x, y, radius);
		pen.strokeStyle = palette.colour(hue, 80, 88, 0.25);
		pen.lineWidth = Math.max(1, width / 900);
		pen.stroke();
	}
}

/** Leaves an oval in the middle and nothing around it. */
export function cutOut({ pen, width, height }: Scene): void {
	pen.globalCompositeOperation = 'destination-in';
	pen.beginPath();
	pen.ellipse(width / 2, height / 2, width * 0.3, height * 0.4, 0, 0, Math.PI * 2);
	pen.fillStyle = '#000';
	pen.fill();
	pen.globalCompositeOperation = 'source-over';
}

/** The prompt, small, along the bottom edge. */
export function drawCaption({ pen, width, height, palette }: Scene, text: string): void {
	const size = Math.max(9, Math.round(Math.min(width, height) / 36));
	pen.font = `${size}px sans-serif`;
	pen.fillStyle = palette.colour(palette.hue, 30, 96, 0.85);
	pen.textBaseline = 'bottom';
	pen.fillText(text, size, height - size * 0.8, width - size * 2);
}

function disc(pen: SKRSContext2D, x: number, y: number, radius: number): void {
	pen.beginPath();
	pen.arc(x, y, radius, 0, Math.PI * 2);
	pen.fill();
}
