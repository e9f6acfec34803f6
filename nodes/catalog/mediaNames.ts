/** The media kinds that matter to a model's field; a field of two kinds accepts either. */
export type Media = 'image' | 'video' | 'audio' | '3d' | 'image or video' | 'audio or video';

/** Field names for a file's URL in Segmind's models (all seen on the model pages, or in public clients). */
const NAMES: Array<[pattern: RegExp, media: Media]> = [
	[/^(video\d*|video_(urls?|uri|input)|(input|driving|reference|source|target)_videos?)$/, 'video'],
	[/^(audio|audio_urls?|(input|reference|source)_audios?|reference_voice)$/, 'audio'],
	[
		/^(mask|mask_url|subject_reference|input_reference|promptImage|(first|last|start|end)_frame(_url)?)$/,
		'image',
	],
	// "num_images" is a number, even where a page or the live list shows it as a text.
	[
		/^(?!(num|number|max|min)_)(.*_)?(image|img|photo|picture)s?(_\d+)?(_urls?|_uri|_input|_file)?$/,
		'image',
	],
	[/^mesh(_url)?$/, '3d'],
];

/** The kind of file whose URL a text field of this name takes, or undefined for any other name. */
export function mediaByName(name: string): Media | undefined {
	return NAMES.find(([pattern]) => pattern.test(name))?.[1];
}
