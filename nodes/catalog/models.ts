import type { Kind } from './kinds';
import bundled from './models.json';

/** One model of Segmind's directory (segmind.com/llms.txt). */
export interface Model {
	/** Its name in the API; case-sensitive. */
	slug: string;
	name: string;
	kind: Kind;
	/** US dollars per request; null if not in the directory. */
	averageCostUsd: number | null;
	/** Seconds per request; null if not in the directory. */
	averageSeconds: number | null;
	/** Has a page but is not in the directory: Segmind may have retired it. */
	unlisted?: true;
}

/** A model for the picker; the live list has models of kinds unknown here. */
export type ListedModel = Omit<Model, 'kind'> & { kind: Kind | null };

export type OutputType = 'image' | 'video' | 'audio' | 'text' | '3d' | 'embedding';

const OUTPUT_TYPES: Record<Kind, OutputType> = {
	'Text to Image': 'image',
	'Image to Image': 'image',
	Inpainting: 'image',
	'Text to Video': 'video',
	'Image to Video': 'video',
	'Video to Video': 'video',
	Text: 'text',
	'Image to Text': 'text',
	'Video to Text': 'text',
	'Audio to Text': 'text',
	'Text to Audio': 'audio',
	'Audio to Audio': 'audio',
	'Video to Audio': 'audio',
	Voice: 'audio',
	'3D': '3d',
	Embedding: 'embedding',
};

// The generator writes only known kinds, and a test checks every row.
const models = bundled as Model[];
const bySlug = new Map(models.map((model) => [model.slug, model]));

/** Every model of the bundled directory, sorted by slug. */
export function allModels(): readonly Model[] {
	return models;
}

/** The bundled model with exactly this slug (case-sensitive), or undefined. */
export function findModel(slug: string): Model | undefined {
	return bySlug.get(slug);
}

/** The output type of a model of this kind. */
export function outputType(kind: Kind): OutputType {
	return OUTPUT_TYPES[kind];
}

/** Whether the model's results are files: text and embeddings are not, and a cloned voice may be just an ID. */
export function makesFiles({ kind }: Model): boolean {
	return kind !== 'Voice' && !['text', 'embedding'].includes(outputType(kind));
}
