import type { IDataObject } from 'n8n-workflow';
import { fileItemWork, type NodeVariant } from '../../nodes/fields/modelRun';
import { timeout, videoTimeout } from '../../nodes/fields/optionFields';
import {
	audioOutputField,
	imageOutputField,
	videoOutputField,
} from '../../nodes/fields/outputFields';
import { audioPromptField, promptField, videoPromptField } from '../../nodes/fields/parameters';
import { contextWith, refusal } from './contextWith';

const image: NodeVariant = {
	prompt: promptField,
	output: imageOutputField,
	timeout,
	isSlow: false,
};
const video: NodeVariant = {
	prompt: videoPromptField,
	output: videoOutputField,
	timeout: videoTimeout,
	isSlow: true,
};
const audio: NodeVariant = {
	prompt: audioPromptField,
	output: audioOutputField,
	timeout,
	isSlow: true,
};

const prepare = (variant: NodeVariant, parameters: IDataObject, type = 'segmind') =>
	fileItemWork(
		contextWith({ model: 'fast-flux-schnell', prompt: 'a', ...parameters }, { type }),
		variant,
	).prepare(0);

it.each<
	[what: string, variant: NodeVariant, options: IDataObject, seconds: number, asTool: number]
>([
	['pictures', image, {}, 600, 600],
	['videos', video, {}, 1800, 50],
	['sound', audio, {}, 600, 50],
	['videos with an own limit', video, { timeout: 30 }, 30, 30],
	['videos with a long limit', video, { timeout: 7200 }, 7200, 50],
])(
	'%s waits the right time as a node and as a tool',
	(_what, variant, options, seconds, asTool) => {
		expect(prepare(variant, { options }).timeoutMs).toBe(seconds * 1000);
		expect(prepare(variant, { options }, 'segmindTool').timeoutMs).toBe(asTool * 1000);
	},
);

it('runs a quick image model in one request, but anything slow as a job', () => {
	expect(prepare(image, {}).api).toBe('sync');
	expect(prepare(video, {}).api).toBe('async');
	// A saved workflow, or an expression, may hold an option that the panel does not offer.
	expect(prepare(video, { options: { mode: 'sync' } }).api).toBe('async');
	expect(prepare(audio, { options: { mode: 'sync' } }).api).toBe('async');
});

it('returns no bytes to an agent', () => {
	expect(prepare(video, { output: 'file' }).output.download).toBe(true);
	expect(prepare(video, { output: 'file' }, 'segmindTool').output.download).toBe(false);
	expect(prepare(video, { output: 'url' }).output.download).toBe(false);
});

it.each([
	[image, 'Prompt must be text'],
	[video, 'Prompt must be text'],
	[audio, 'Text or Prompt must be text'],
])('names fields in messages as in the panel', (variant, says) => {
	expect(refusal(() => prepare(variant, { prompt: {} }))).toMatch(says);
});
