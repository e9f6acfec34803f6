import { fieldsForFiles, type FileToPlace } from '../../nodes/catalog/fileFields';
import { fileFields } from '../../nodes/catalog/fileRoles';
import { allModels } from '../../nodes/catalog/models';
import { parameterTable, type ParameterTable } from '../../nodes/catalog/parameters';

const photo: FileToPlace = { kind: 'image', isMask: false };
const mask: FileToPlace = { kind: 'image', isMask: true };
const clip: FileToPlace = { kind: 'video', isMask: false };
const sound: FileToPlace = { kind: 'audio', isMask: false };
const riddle: FileToPlace = { kind: undefined, isMask: false };
const paper: FileToPlace = { kind: 'other', isMask: false };

const tableOf = (slug: string) => parameterTable(slug) as ParameterTable;
const placed = (slug: string, files: FileToPlace[], taken: string[] = []) =>
	fieldsForFiles(tableOf(slug), files, taken).map((field) => field?.name);

it.each<[string, string, FileToPlace[], string[], Array<string | undefined>]>([
	['one photo', 'faceswap-v4', [photo], [], ['source_image']],
	['two photos', 'faceswap-v4', [photo, photo], [], ['source_image', 'target_image']],
	[
		'one photo too many',
		'faceswap-v4',
		[photo, photo, photo],
		[],
		['source_image', 'target_image', undefined],
	],
	['a photo beside a filled field', 'faceswap-v4', [photo], ['source_image'], ['target_image']],
	['photo and mask', 'sd1.5-inpainting', [photo, mask], [], ['image', 'mask']],
	['mask before photo', 'sd1.5-inpainting', [mask, photo], [], ['mask', 'image']],
	['two masks', 'sd1.5-inpainting', [mask, mask], [], ['mask', undefined]],
	['a second photo is no mask', 'clarity-upscaler', [photo, photo], [], ['image', undefined]],
	['a mask for a model without', 'faceswap-v4', [mask], [], [undefined]],
	[
		'a list takes all that is left',
		'p-image-try-on',
		[photo, photo, photo],
		[],
		['person_image', 'garment_images', 'garment_images'],
	],
	[
		'a list that the form has filled takes none',
		'p-image-try-on',
		[photo, photo],
		['garment_images'],
		['person_image', undefined],
	],
	[
		'photo and sound, in any order',
		'kling-v1-pro-ai-avatar',
		[photo, sound],
		[],
		['image_url', 'audio_url'],
	],
	['video and photo', 'wan-animate', [photo, clip], [], ['reference_image', 'input_video']],
	['a field for two kinds: video', 'ai-face-swap', [photo, clip], [], ['source_image', 'target']],
	[
		'first and last frame',
		'ray-flash-2-720p',
		[photo, photo],
		[],
		['start_image_url', 'end_image_url'],
	],
	[
		'a frame excludes references',
		'seedance-2.0',
		[photo, photo],
		[],
		['first_frame_url', 'last_frame_url'],
	],
	['references exclude a frame', 'seedance-2.0', [photo], ['reference_images'], [undefined]],
	['a file of unknown kind', 'faceswap-v4', [riddle], [], ['source_image']],
	['a PDF', 'faceswap-v4', [paper], [], [undefined]],
	['a video for a picture model', 'faceswap-v4', [clip], [], [undefined]],
	['a photo for a model without files', 'fast-flux-schnell', [photo], [], [undefined]],
])('%s (%s)', (_, slug, files, taken, expected) => {
	expect(placed(slug, files, taken)).toEqual(expected);
});

describe('on every table that takes files', () => {
	const tables = allModels().flatMap(({ slug }) => {
		const own = parameterTable(slug);
		return own && fileFields(own).length ? [{ slug, own, fields: fileFields(own) }] : [];
	});

	it.each<[string, FileToPlace[]]>([
		['one photo', [photo]],
		['two photos', [photo, photo]],
		['photo and mask', [photo, mask]],
		['a video', [clip]],
		['a sound', [sound]],
		['a photo, a video and a sound', [photo, clip, sound]],
	])('%s', (_, files) => {
		expect(tables.length).toBeGreaterThan(150);
		for (const { slug, own, fields } of tables) {
			const taking = fieldsForFiles(own, files, []);
			const used = new Set<string>();
			for (const [at, file] of files.entries()) {
				const fits = fields.filter(
					({ media, isMask }) =>
						isMask === file.isMask && media.split(' or ').includes(String(file.kind)),
				);
				const open = fits.filter(({ name, isList }) => isList || !used.has(name));
				const field = taking[at];
				// The first that is still free, unless what is filled already excludes it.
				if (slug.startsWith('seedance')) {
					if (field) expect(fits.map(({ name }) => name)).toContain(field.name);
				} else expect([slug, field?.name]).toEqual([slug, open[0]?.name]);
				if (field) used.add(field.name);
			}
		}
	});
});
