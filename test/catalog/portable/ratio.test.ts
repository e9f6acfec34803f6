import {
	choiceForRatio,
	isRatio,
	ratioText,
	readRatio,
} from '../../../nodes/catalog/portable/ratio';

it.each([
	['16:9', '16:9'],
	['7:5', '7:5'],
	['square_hd', '1:1'],
	['landscape', '4:3'],
	['portrait_16_9', '9:16'],
])('%s as a ratio is %s', (requested, text) => expect(ratioText(requested)).toBe(text));

describe('readRatio', () => {
	it.each<[unknown, number, number | undefined]>([
		['16:9', 16 / 9, undefined],
		['16x9', 16 / 9, undefined],
		['16/9', 16 / 9, undefined],
		[' 1:1 ', 1, undefined],
		['1280x720', 16 / 9, 1280 * 720],
		['1280*720', 16 / 9, 1280 * 720],
		['1280×720', 16 / 9, 1280 * 720],
		['720:1280', 9 / 16, 720 * 1280],
		['RESOLUTION_1024_768', 4 / 3, 1024 * 768],
		['landscape_4_3', 4 / 3, undefined],
		['portrait_4_3', 3 / 4, undefined],
		['portrait_16_9', 9 / 16, undefined],
		['square_hd', 1, undefined],
		['square', 1, undefined],
	])('%s', (text, value, area) => {
		expect(readRatio(text)?.value).toBeCloseTo(value, 10);
		expect(readRatio(text)?.area).toBe(area);
	});

	it.each([
		'auto',
		'2K',
		'match_input_image',
		'adaptive',
		'custom',
		'',
		'16:',
		':9',
		'0:9',
		'16:0',
		'720p',
		'-1:2',
		16,
		null,
		undefined,
	])('%p is none', (text) => {
		expect(readRatio(text)).toBeUndefined();
	});
});

it.each([
	[1344 / 768, true],
	[1.06 * (16 / 9) - 0.001, true],
	[1.07 * (16 / 9), false],
	[16 / 9 / 1.07, false],
])('%f stands for 16:9: %s', (value, expected) => {
	expect(isRatio(value, 16 / 9)).toBe(expected);
});

describe('choiceOfRatio', () => {
	it.each<[string, Array<string | number>, number, string | undefined, string | undefined]>([
		['the exact one', ['1:1', '16:9', '9:16'], 16 / 9, undefined, '16:9'],
		[
			'the nearest within 6 %',
			['1024x1024', '1820x1024', '1434x1024'],
			16 / 9,
			undefined,
			'1820x1024',
		],
		['none beyond', ['1:1', '4:3'], 16 / 9, undefined, undefined],
		['of equal ones that of the usual size', ['512x512', '2048x2048'], 1, '2048x2048', '2048x2048'],
		['words are left alone', ['auto', '2K'], 1, undefined, undefined],
	])('%s', (_, choices, wanted, usual, expected) => {
		expect(choiceForRatio(choices, wanted, readRatio(usual))).toBe(expected);
	});
});
