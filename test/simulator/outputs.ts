import { chatAnswer } from './chatAnswers';
import { glb, mp3, wav } from './media';
import type { KnownModel } from './models';
import { pictureCountOf, pictureRequestOf, type PictureRequest } from './pictureRequest';
import { picture } from './pictures';
import { lastFrame, mp4 } from './video';

/** A file generated on request: a thousand finished jobs hold no bytes. */
export interface FileRecipe {
	contentType: string;
	extension: string;
	make(): Promise<Buffer>;
}

/** The output of a finished job. */
export type Products = { files: FileRecipe[]; text?: undefined } | { files: []; text: string };

type Make = (model: KnownModel, body: Record<string, unknown>, seed: number) => Products;

const MAKERS: Record<KnownModel['kind'], Make> = {
	image: (model, body, seed) => ({
		files: Array.from({ length: pictureCountOf(body) }, (_, index) =>
			imageFile(pictureRequestOf(body, seed, index, cutsOut(model, body))),
		),
	}),
	video: (_model, { aspect_ratio: aspectRatio, duration, return_last_frame: wantsLast }, seed) => {
		const film = { aspectRatio, seconds: duration };
		const last = {
			contentType: 'image/png',
			extension: 'png',
			make: async () => await lastFrame(seed, film),
		};
		return {
			files: [
				...oneFile('video/mp4', 'mp4', () => mp4(seed, film)).files,
				...(wantsLast === true ? [last] : []),
			],
		};
	},
	audio: (_model, body, seed) =>
		String(body.output_format ?? body.response_format ?? body.format ?? '').includes('wav')
			? oneFile('audio/wav', 'wav', () => wav(seed))
			: oneFile('audio/mpeg', 'mp3', mp3),
	'3d': ({ slug }, body, seed) => ({
		files: [
			...oneFile('model/gltf-binary', 'glb', glb).files,
			...(WITH_PREVIEW.test(slug) ? [still(body, seed)] : []),
		],
	}),
	chat: (model, body) => ({ files: [], text: JSON.stringify(chatAnswer(model, body)) }),
	text: (model) => ({ files: [], text: `Simulated transcript by ${model.name}.` }),
	embedding: (_model, _body, seed) => ({
		files: [],
		text: JSON.stringify({ embedding: Array.from({ length: 8 }, (_, n) => Math.sin(seed + n)) }),
	}),
};

/** What a model makes of a body. */
export function productsOf(
	model: KnownModel,
	body: Record<string, unknown>,
	seed: number,
): Products {
	return MAKERS[model.kind](model, body, seed);
}

/** Whether the body, or the model by default, asks for a transparent background. */
function cutsOut({ parameters }: KnownModel, body: Record<string, unknown>): boolean {
	return parameters.some(
		({ name, choices, default: standard }) =>
			choices?.includes('transparent') && (body[name] ?? standard) === 'transparent',
	);
}

/** Models of shapes that send a picture along. Source: observed on hunyuan3d-2.1. */
const WITH_PREVIEW = /^hunyuan3d/;

/** A picture that goes with another file. */
function still(body: Record<string, unknown>, seed: number): FileRecipe {
	return imageFile({
		...pictureRequestOf({ prompt: body.prompt, width: 64, height: 64 }, seed),
		format: 'png',
	});
}

function imageFile(request: PictureRequest): FileRecipe {
	return {
		contentType: `image/${request.format}`,
		extension: request.format,
		make: async () => await picture(request),
	};
}

function oneFile(contentType: string, extension: string, make: () => Buffer): Products {
	return { files: [{ contentType, extension, make: async () => make() }] };
}
