import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import type { OutputType } from '../catalog/models';

/** The model of Generate Image; defaults to one that makes an image in seconds for half a cent. */
export const imageModelField = modelField('The image model to run', {
	mode: 'list',
	value: 'fast-flux-schnell',
	cachedResultName: 'Fast Flux.1 Schnell',
	cachedResultUrl: 'https://www.segmind.com/models/fast-flux-schnell',
});

/** The model of Generate Video; no default, since prices differ a hundredfold. */
export const videoModelField = modelField('The video model to run', { mode: 'list', value: '' });

/** The model of Generate Audio; defaults to one that speaks a sentence in seconds for less than a cent. */
export const audioModelField = modelField('The audio model to run', {
	mode: 'list',
	value: 'gemini-3.1-flash-tts',
	cachedResultName: 'Gemini 3.1 Flash TTS',
	cachedResultUrl: 'https://www.segmind.com/models/gemini-3.1-flash-tts',
});

/** The model of Submit Async: of any kind, without a default. */
export const anyModelField = modelField('The model to run', { mode: 'list', value: '' });

/** The model field of a node, with its default. */
export function modelField(meaning: string, initial: INodeProperties['default']): INodeProperties {
	return {
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		required: true,
		default: initial,
		description: `${meaning}. The list shows the average price and duration of one request.`,
		builderHint: {
			propertyHint:
				'Use a slug from the list, as { __rl: true, mode: "list", value: "<slug>" }. Never invent one: what it does and costs depends on it.',
		},
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a model...',
				typeOptions: {
					searchListMethod: 'searchModels',
					searchable: true,
					skipCredentialsCheckInRLC: true,
				},
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://www.segmind.com/models/seedream-4.5',
				hint: 'The URL of the model’s page, or its API URL',
			},
			{
				displayName: 'By Slug',
				name: 'slug',
				type: 'string',
				placeholder: 'e.g. fast-flux-schnell',
				hint: 'The last part of the URL of the model’s page, or the model’s name',
				url: '=https://www.segmind.com/models/{{ $value }}',
			},
		],
	};
}

/** n8n's hook for the model list of Generate Image: a page of 50 image models that match the filter. */
export async function searchImageModels(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchModels(this, 'image', filter, paginationToken);
}

/** n8n's hook for the model list of Generate Video: a page of 50 video models that match the filter. */
export async function searchVideoModels(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchModels(this, 'video', filter, paginationToken);
}

/** n8n's hook for the model list of Generate Audio: a page of 50 audio models that match the filter. */
export async function searchAudioModels(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchModels(this, 'audio', filter, paginationToken);
}

/** n8n's hook for the model list of Submit Async: a page of 50 models of any kind that match the filter. */
export async function searchAllModels(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchModels(this, undefined, filter, paginationToken);
}

/** A page of 50 models with the requested output, or of any kind if none is requested. */
export async function searchModels(
	context: ILoadOptionsFunctions,
	output?: OutputType,
	query?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	// Loaded only when someone opens the list, since n8n loads every node on startup.
	const { listModels } = await import('../catalog/picker');
	return await listModels(context, output, query, paginationToken);
}
