import type { OutputFile } from '../../nodes/api/outputFile';
import {
	isMediaRole,
	isNeverResult,
	isReference,
	leadsToFiles,
	mainFirst,
	roleUnder,
} from '../../nodes/api/outputRole';

it.each<[key: string, around: string | null, role: string | null]>([
	['image', null, 'image'],
	['images', null, 'image'],
	['image_urls', null, 'image'],
	['imageUrl', null, 'image'],
	['output_images', null, 'image'],
	['last_frame_url', 'video', 'last_frame'],
	['model_mesh', null, 'model_mesh'],
	['meshes', null, 'mesh'],
	['audio_file', null, 'audio'],
	// A wrapper says nothing, so what stands around it does.
	['url', 'video', 'video'],
	['output', null, null],
	['data', 'image', 'image'],
	['b64_json', null, null],
	['content', null, null],
	['choices', 'image', 'image'],
])('%s under %p: %p', (key, around, role) => expect(roleUnder(key, around)).toBe(role));

it.each<[is: (key: string) => boolean, yes: string[], no: string[]]>([
	[
		isNeverResult,
		['prompt', 'negative_prompt', 'input', 'poll_url', 'statusUrl', 'response_url', 'metrics'],
		['output', 'image_url', 'url', 'prompt_image'],
	],
	[isReference, ['citations', 'annotations', 'groundingMetadata', 'logs'], ['output', 'image']],
	[leadsToFiles, ['output', 'images', 'videoUrl', 'data', 'last_frame_url'], ['title', 'seed']],
	[isMediaRole, ['image', 'video', 'audio', 'last_frame'], ['text', 'title', 'homepage']],
])('%p', (is, yes, no) => {
	expect([yes.filter((key) => !is(key)), no.filter(is)]).toEqual([[], []]);
});

it('no role names no media', () => expect(isMediaRole(null)).toBe(false));

describe('what was asked for comes first', () => {
	const file = (role: string | null, more: Partial<OutputFile> = {}): OutputFile => ({
		url: `https://a.com/${role}`,
		contentType: null,
		fileName: null,
		fileSize: null,
		role,
		...more,
	});

	it.each<[given: string[], main: string | null, order: string[]]>([
		[['last_frame', 'video'], null, ['video', 'last_frame']],
		[['audio', 'video'], null, ['video', 'audio']],
		[['cover', 'audio'], null, ['audio', 'cover']],
		[['image', 'model_mesh'], null, ['model_mesh', 'image']],
		[['image', 'mask'], null, ['image', 'mask']],
		[['mask', 'image'], null, ['image', 'mask']],
		[['image', 'mask'], 'https://a.com/mask', ['mask', 'image']],
		[['photo', 'image', 'picture'], null, ['photo', 'image', 'picture']],
	])('%j with %p as the main one: %j', (given, main, order) => {
		const sorted = mainFirst(
			given.map((role) => file(role)),
			main,
		);
		expect(sorted.map(({ role }) => role)).toEqual(order);
	});

	it('by type and name where no role tells', () => {
		const files = [
			file(null, { contentType: 'image/png' }),
			file(null, { fileName: 'a.mp3' }),
			file(null, { url: 'https://a.com/a.mp4' }),
		];
		expect(mainFirst(files, null)).toEqual([files[2], files[1], files[0]]);
	});
});
