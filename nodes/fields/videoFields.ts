import type { INodeProperties } from 'n8n-workflow';

/** The length of the generated video. */
export const duration: INodeProperties = {
	displayName: 'Duration (Seconds)',
	name: 'duration',
	type: 'number',
	default: '',
	placeholder: 'e.g. 5',
	description:
		'How many seconds of video to generate, for models that let you choose. Leave empty for the model’s default. A length that the model does not offer stops the item before anything is billed.',
};

/** The resolution of the video. */
export const resolution: INodeProperties = {
	displayName: 'Resolution',
	name: 'resolution',
	type: 'options',
	options: [
		{ name: 'Model Default', value: '' },
		...['480p', '720p', '1080p', '4K'].map((name) => ({ name, value: name.toLowerCase() })),
	],
	default: '',
	description:
		'How sharp the video is, for models that let you choose. One that the model does not offer stops the item before anything is billed.',
};
