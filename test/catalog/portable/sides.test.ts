import { fitsSide, sidesOfRatio, type Sides } from '../../../nodes/catalog/portable/sides';
import type { ModelParameter } from '../../../nodes/catalog/parameters';
import { field } from './field';

type Limits = Partial<ModelParameter>;
const side = (limits: Limits = {}) => field('side', { type: 'integer', ...limits });

it.each<[ratio: number, width: Limits, height: Limits, sides: Sides | undefined]>([
	// The usual area is 1024 by 1024, in steps of 64.
	[1, {}, {}, { width: 1024, height: 1024 }],
	[16 / 9, {}, {}, { width: 1344, height: 768 }],
	[9 / 16, {}, {}, { width: 768, height: 1344 }],
	[1, { default: 512 }, { default: 512 }, { width: 512, height: 512 }],
	[21 / 9, { max: 1024 }, { max: 1024 }, { width: 1024, height: 448 }],
	[1, { default: 256, min: 512 }, { default: 256, min: 512 }, { width: 512, height: 512 }],
	[2, { default: 256, min: 512 }, { default: 256, min: 512 }, { width: 1024, height: 512 }],
	[16 / 9, { multipleOf: 32 }, { multipleOf: 32 }, { width: 1376, height: 768 }],
	// Finer steps where the coarse ones miss the ratio.
	[16 / 9, { max: 200 }, { max: 200 }, { width: 200, height: 112 }],
	[
		4 / 3,
		{ choices: [512, 768, 1024] },
		{ choices: [512, 768, 1024] },
		{ width: 1024, height: 768 },
	],
	[16 / 9, { choices: [512, 768] }, { choices: [512, 768] }, undefined],
	[4, { min: 1000, max: 1000 }, { min: 1000, max: 1000 }, undefined],
])('the ratio %p of sides %j and %j: %j', (ratio, width, height, sides) => {
	expect(sidesOfRatio(ratio, side(width), side(height))).toEqual(sides);
});

it.each<[pixels: number, limits: Limits, fits: boolean]>([
	[1000, {}, true],
	[0, {}, false],
	[100.5, {}, false],
	[1024, { min: 256, max: 1024 }, true],
	[1025, { max: 1024 }, false],
	[255, { min: 256 }, false],
	[1000, { multipleOf: 64 }, false],
	[960, { multipleOf: 64 }, true],
	[512, { choices: [512, 1024] }, true],
	[512, { choices: ['512'] }, true],
	[600, { choices: [512, 1024] }, false],
])('%p pixels, of %j: %p', (pixels, limits, fits) => {
	expect(fitsSide(pixels, side(limits))).toBe(fits);
});
