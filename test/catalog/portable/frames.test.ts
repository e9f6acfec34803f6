import { parameterTable } from '../../../nodes/catalog/parameters';
import { durationFields } from '../../../nodes/catalog/portable/duration';
import { frameFields } from '../../../nodes/catalog/portable/frames';
import type { ModelParameter } from '../../../nodes/catalog/parameters';
import { field, modelWith } from './field';

const frames = (more: Partial<ModelParameter> = {}) =>
	field('num_frames', { type: 'integer', min: 1, max: 400, ...more });
const fps = field('fps', { type: 'integer', default: 24, min: 1, max: 30 });
const model = (...fields: ModelParameter[]) => modelWith(field('prompt'), ...fields);

it.each<[what: string, seconds: number, fields: ModelParameter[], sent: object]>([
	['frames at the usual rate', 5, [frames(), fps], { num_frames: 120, fps: 24 }],
	['half seconds', 0.5, [frames(), fps], { num_frames: 12, fps: 24 }],
	['the nearest whole number of frames', 3.02, [frames(), fps], { num_frames: 72, fps: 24 }],
	[
		'a number among the choices',
		2,
		[field('frames', { type: 'integer', choices: [14, 25] }), { ...fps, default: 7 }],
		{ frames: 14, fps: 7 },
	],
	[
		'other names of the same',
		2,
		[frames(), { ...fps, name: 'frames_per_second', default: 16 }],
		{ num_frames: 32, frames_per_second: 16 },
	],
])('sends %s', (_what, seconds, fields, sent) => {
	expect(durationFields(seconds, model(...fields))).toEqual({
		fields: sent,
		hints: [],
		problems: [],
	});
});

it.each<[what: string, seconds: number, fields: ModelParameter[], problem: RegExp]>([
	['too many frames', 20, [frames(), fps], /20 seconds.*that is 480 frames.*1-400/],
	[
		'a number that is not offered',
		5,
		[field('frames', { choices: [14, 25] }), { ...fps, default: 7 }],
		/35 frames, and "frames" takes 14, 25/,
	],
	['a step', 5, [frames({ multipleOf: 7 }), fps], /takes multiples of 7/],
	[
		'a rate that nobody knows',
		5,
		[frames(), { ...fps, default: undefined }],
		/no setting for the duration, only "num_frames": set the number of frames in Parameters/,
	],
	['no rate at all', 5, [frames()], /only "num_frames"/],
])('stops the item for %s', (_what, seconds, fields, problem) => {
	expect(durationFields(seconds, model(...fields))).toEqual({
		fields: {},
		hints: [],
		problems: [expect.stringMatching(problem)],
	});
});

it('is no matter of models without frames', () => {
	expect(frameFields(5, model(fps))).toBeUndefined();
});

it('prefers a field for seconds', () => {
	const seconds = field('duration', { type: 'integer' });
	expect(durationFields(5, model(frames(), fps, seconds)).fields).toEqual({ duration: 5 });
});

it('knows the models of the catalogue', () => {
	const table = parameterTable('ltx-2-19b-t2v')!;
	expect(durationFields(5, { name: 'LTX', table }).fields).toEqual({ num_frames: 120, fps: 24 });
});
