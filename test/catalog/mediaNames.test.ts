import { mediaByName, type Media } from '../../nodes/catalog/mediaNames';

// Source: the names that Segmind's reference and model pages print.
it.each<[media: Media | undefined, names: string[]]>([
	[
		'image',
		[
			'image',
			'image_url',
			'image_urls',
			'image_input',
			'input_image',
			'source_image',
			'source_img',
			'reference_images',
			'image_2',
			'start_image_url',
			'first_frame_url',
			'last_frame',
			'promptImage',
			'mask',
		],
	],
	['video', ['video', 'video_url', 'input_video', 'driving_video', 'video1']],
	['audio', ['audio', 'audio_url', 'input_audio', 'reference_voice']],
	['3d', ['mesh', 'mesh_url']],
	[
		undefined,
		[
			'prompt',
			'source_url',
			'image_size',
			'num_images',
			'max_images',
			'number_of_images',
			'image_format',
			'video_length',
			'audio_setting',
			'imagery',
			'mask_blur',
			'',
		],
	],
])('%s', (media, names) => {
	expect(names.filter((name) => mediaByName(name) !== media)).toEqual([]);
});
