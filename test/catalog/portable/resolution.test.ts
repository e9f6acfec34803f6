import type { ModelParameter } from '../../../nodes/catalog/parameters';
import { resolutionFields } from '../../../nodes/catalog/portable/resolution';
import { field, modelWith } from './field';

it.each<[what: string, resolution: string, fields: ModelParameter[], sent: object]>([
	['lines', '720p', [field('resolution', { choices: ['480p', '720p'] })], { resolution: '720p' }],
	[
		'lines in capitals',
		'1080p',
		[field('resolution', { choices: ['720P', '1080P'] })],
		{ resolution: '1080P' },
	],
	['lines as free text', '720p', [field('resolution')], { resolution: '720p' }],
	[
		'lines in a field named quality',
		'720p',
		[field('quality', { choices: ['540p', '720p'] })],
		{ quality: '720p' },
	],
])('%s', (_what, resolution, fields, sent) => {
	expect(resolutionFields(resolution, undefined, modelWith(...fields))).toEqual({
		fields: sent,
		hints: [],
		problems: [],
	});
});

it.each<[what: string, resolution: string, fields: ModelParameter[], problem: RegExp]>([
	[
		'lines that are not offered',
		'4k',
		[field('resolution', { choices: ['480p', '720p'] })],
		/4k.*480p, 720p/,
	],
	['lines in a field of which nothing is known', '720p', [field('quality')], /no setting.*720p/],
	['lines without a field', '4k', [field('prompt')], /no setting.*4k/],
	[
		'lines where the field means something else',
		'720p',
		[field('quality', { choices: ['low', 'high'] })],
		/no setting.*720p/,
	],
])('stops the item: %s', (_what, resolution, fields, problem) => {
	expect(resolutionFields(resolution, undefined, modelWith(...fields))).toEqual({
		fields: {},
		hints: [],
		problems: [expect.stringMatching(problem)],
	});
});

it.each<[aspectRatio: string | undefined, initial: string, size: string]>([
	['9:16', '1280x720', '720x1280'],
	['16:9', '720x1280', '1280x720'],
	// The model's own ratio where none is wanted.
	[undefined, '720x1280', '720x1280'],
])('lines as a size of the ratio %s, of %s by default', (aspectRatio, initial, size) => {
	const choices = ['1024x1792', '1280x720', '720x1280'];
	const model = modelWith(field('size', { choices, default: initial }));
	expect(resolutionFields('720p', aspectRatio, model).fields).toEqual({ size });
});
