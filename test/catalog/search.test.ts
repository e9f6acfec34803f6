import {
	allModels,
	findModel,
	outputType,
	type ListedModel,
	type OutputType,
} from '../../nodes/catalog/models';
import { searchModels } from '../../nodes/catalog/search';

const search = (query: string, output?: OutputType, page = 0) =>
	searchModels(allModels(), { query, output, page });
const found = (query: string, output?: OutputType) =>
	search(query, output).results.map(({ value }) => value as string);

it.each<[query: string, first: string]>([
	['fast-flux-schnell', 'fast-flux-schnell'],
	['Fast Flux.1 Schnell', 'fast-flux-schnell'],
	['flux-schnell', 'flux-schnell'],
	['  INSTANTID ', 'instantid'],
	['schnell', 'fast-flux-schnell'],
	['seedream 4.5', 'seedream-4.5'],
	['nano', 'nano-banana'],
	['sticker', 'face-to-sticker'],
	['fast-flux-schnel', 'fast-flux-schnell'],
	['https://www.segmind.com/models/seedream-4.5/api', 'seedream-4.5'],
	['https://api.segmind.com/v1/seedream-4.5', 'seedream-4.5'],
	['text to image', 'fast-flux-schnell'],
	['fast flux', 'fast-flux-schnell'],
	['live portrait', 'live-portrait'],
])('%s finds %s first', (query, first) => {
	expect(found(query)[0]).toBe(first);
});

describe('a purpose in the user’s own words', () => {
	it.each<[query: string, among: string[]]>([
		['face swap', ['faceswap-v2', 'faceswap-v3']],
		['swap faces', ['faceswap-v2', 'faceswap-v5']],
		['deepfake', ['faceswap-v2']],
		['try on', ['try-on-diffusion', 'p-image-try-on', 'idm-vton']],
		['virtual try-on', ['idm-vton']],
		['change clothes', ['try-on-diffusion']],
		['talking head', ['sadtalker', 'hallo']],
		['avatar', ['veed-avatars', 'heygen-avatar-v']],
		['lip sync', ['veed-lipsync', 'pixverse-lipsync']],
		['lipsync video', ['veed-lipsync']],
		['upscale', ['esrgan', 'clarity-upscaler']],
		['enlarge photo', ['esrgan']],
		['restore', ['codeformer']],
		['old photo restoration', ['codeformer', 'face-detailer']],
		['colorize', ['qwen-image-edit-plus']],
		['colourise', ['qwen-image-edit-plus']],
		['vectorize', ['recraft-v3-svg', 'Simple_Vector_Flux']],
		['svg', ['recraft-v3-svg']],
		['logo', ['recraft-v3', 'ideogram-3']],
		['anime', ['face-to-many', 'sdxl1.0-realdream-pony-v9']],
		['cartoon', ['face-to-many']],
		['comic', ['storydiffusion', 'faceswap-comic']],
		['headshot', ['instantid', 'flux-pulid']],
		['profile picture', ['instantid']],
		['sticker', ['face-to-sticker']],
		['product photo', ['ai-product-photo-editor']],
		['packshot', ['bria-product-packshot']],
		['remove object', ['magic-eraser', 'sdxl-inpaint']],
		['remove watermark', ['magic-eraser']],
		['inpaint', ['sdxl-inpaint', 'flux-inpaint', 'sd1.5-inpainting']],
		['outpainting', ['sd1.5-outpaint', 'seg-beyond']],
		['remove background', ['bg-removal', 'bg-removal-v2', 'background-eraser']],
		['background remover', ['bg-removal-v2', 'transparent-background-maker']],
		['transcribe', ['eleven-labs-transcript']],
		['speech to text', ['eleven-labs-transcript']],
		['music', ['ace-step-music', 'meta-musicgen-medium', 'lyria-2']],
		['sound effects', ['sound-generation']],
		['text to speech', ['grok-tts', 'myshell-tts']],
		['voice cloning', ['elevenlabs-voice-clone', 'openvoice']],
		['translate video', ['heygen-video-translate']],
		['merge videos', ['video-stitch', 'multi-video-merge']],
		['qr code', ['illusion-diffusion-hq']],
		['3d model', ['hunyuan3d-2.1', 'sam-3d-objects']],
		['relight', ['ic-light', 'segmind-relighting']],
		['segmentation', ['sam-v2-image', 'sam-img2img']],
		['image to video', ['veo-3.1', 'kling-3-pro-image2video']],
		['chatbot', ['llama-v3p1-8b-instruct']],
		['embeddings', ['text-embedding-3-small']],
	])('%s has %j among its first five', (query, among) => {
		expect(found(query).slice(0, 5)).toEqual(expect.arrayContaining(among));
	});

	it.each<[query: string, output: OutputType, among: string[]]>([
		['upscale', 'video', ['esrgan-video-upscaler', 'topaz-video-upscale']],
		['face swap', 'video', ['video-faceswap-by-facefusion-labs', 'ai-face-swap']],
		['edit', 'video', ['wan2.7-videoedit']],
		['dubbing', 'audio', ['dubbing']],
		['describe image', 'text', ['llava-v1.6', 'ideogram-describe']],
	])('%s in a list of %s models has %j among its first five', (query, output, among) => {
		expect(found(query, output).slice(0, 5)).toEqual(expect.arrayContaining(among));
	});

	it.each<[misspelt: string, right: string]>([
		['seedreem', 'seedream'],
		['nano bannana', 'nano banana'],
		['nanobanana', 'nano banana'],
		['upscail', 'upscale'],
		['remove backgroud', 'remove background'],
		['vectorise', 'vectorize'],
		['hedshot', 'headshot'],
		['inpaintng', 'inpainting'],
		['transcibe', 'transcribe'],
	])('%s finds what %s finds', (misspelt, right) => {
		expect(found(right).length).toBeGreaterThan(0);
		expect(found(misspelt)).toEqual(found(right));
	});
});

it.each(['asdfgh', 'blorptastic', 'purple elephant invoice', 'flux zebra', '!!!', 'zzz 123'])(
	'%s finds nothing, and nothing is shown instead',
	(query) => {
		expect(search(query)).toEqual({ results: [] });
	},
);

describe('order', () => {
	const costs = (query: string) => found(query).map((slug) => findModel(slug)!.averageCostUsd);

	it.each(['upscale', 'face restore', 'talking head', 'tts', 'cheap video', 'cheapest upscaler'])(
		'the cheaper first: %s',
		(query) => {
			const known = costs(query).filter((cost) => cost !== null);
			expect(known.length).toBeGreaterThan(3);
			expect(known).toEqual([...known].sort((a, b) => a - b));
		},
	);

	it.each(['fast video', 'quick upscale', 'fastest faceswap'])('the faster first: %s', (query) => {
		const seconds = found(query).map((slug) => findModel(slug)!.averageSeconds);
		const known = seconds.filter((value) => value !== null);
		expect(known.length).toBeGreaterThan(3);
		expect(known).toEqual([...known].sort((a, b) => a - b));
		// What nobody knows comes last.
		expect(seconds.slice(0, known.length)).toEqual(known);
	});

	it('ranks possibly retired models and unknown kinds behind equal matches, however cheap', () => {
		const one = { ...allModels()[0]!, unlisted: undefined };
		const models: ListedModel[] = [
			{ ...one, slug: 'b-spark', name: 'B', kind: null, averageCostUsd: 0 },
			{ ...one, slug: 'c-spark', name: 'C', unlisted: true, averageCostUsd: 0 },
			{ ...one, slug: 'd-spark', name: 'D', averageCostUsd: 5 },
		];
		const { results } = searchModels(models, { query: 'spark', page: 0 });
		expect(results.map(({ value }) => value)).toEqual(['d-spark', 'c-spark', 'b-spark']);
	});

	it('ranks exact before prefix before word before part', () => {
		const named = (slug: string, name: string) => ({ ...allModels()[0]!, slug, name });
		const models = [
			named('x-part', 'Xspark'),
			named('x-word', 'A spark'),
			named('x-prefix', 'Spark Two'),
			named('spark', 'Zed'),
		];
		const { results } = searchModels(models, { query: 'spark', page: 0 });
		expect(results.map(({ value }) => value)).toEqual(['spark', 'x-prefix', 'x-word', 'x-part']);
	});
});

describe('lists by output type', () => {
	const all = (output?: OutputType) => {
		const rows: string[] = [];
		let page: string | undefined = '0';
		while (page !== undefined) {
			const { results, paginationToken } = search('', output, Number(page));
			expect(results.length).toBeLessThanOrEqual(50);
			rows.push(...results.map(({ value }) => value as string));
			page = paginationToken as string | undefined;
		}
		return rows;
	};

	it('together contain every model once, except 3D and embeddings, which are only in the full list', () => {
		const lists = (['image', 'video', 'audio', 'text'] as const).flatMap(all);
		const others = allModels().filter(({ kind }) => kind === '3D' || kind === 'Embedding');
		expect(others.length).toBeGreaterThan(5);
		expect([...lists, ...others.map(({ slug }) => slug)].sort()).toEqual([...all()].sort());
		expect([...all()].sort()).toEqual(allModels().map(({ slug }) => slug));
	});

	it('each contain a model of an unknown kind, last', () => {
		const strange: ListedModel = { ...allModels()[0]!, slug: 'strange', name: 'Aaa', kind: null };
		for (const output of ['image', 'video', 'audio', 'text', undefined] as const) {
			const last = (page: number): unknown => {
				const answer = searchModels([strange, ...allModels()], { query: '', output, page });
				return answer.paginationToken ? last(page + 1) : answer.results.at(-1)?.value;
			};
			expect(last(0)).toBe('strange');
			expect(found('kling-2.1', output)).not.toContain('strange');
		}
	});

	it('keep others out of a search', () => {
		expect(found('kling', 'image')).not.toContain('kling-2.1');
		expect(found('claude', 'image')).toEqual([]);
		expect(found('claude', 'text')).toContain('claude-4.5-sonnet');
		expect(found('https://www.segmind.com/models/veo-3', 'image')).toEqual([]);
		expect(found('https://www.segmind.com/models/veo-3')).toEqual(['veo-3']);
		expect(found('https://evil.example/models/veo-3')).toEqual([]);
	});
});

describe('a list that was just opened', () => {
	it.each<[output: OutputType | undefined, names: RegExp[]]>([
		[
			'image',
			[/^Fast Flux/, /^Nano Banana/, /^Seedream 4\.5/, /^Flux 2/, /^GPT Image/, /^Ideogram/],
		],
		['video', [/^Veo/, /^Kling/, /^Seedance/, /^Sora/, /^Wan/, /^Runway/]],
		['audio', [/^Elevenlabs/, /^Lyria/]],
		['text', [/^GPT/, /^Claude/, /^Gemini/]],
	])('of %s has the families that people ask for by name on its first screens', (output, names) => {
		const first = search('', output).results.slice(0, 20);
		for (const name of names) {
			expect(first.map((row) => row.name)).toContainEqual(expect.stringMatching(name));
		}
	});

	it('begins with the default model, and has unlisted models at its end', () => {
		expect(found('')[0]).toBe('fast-flux-schnell');
		const images = allModels().filter(({ kind }) => outputType(kind) === 'image');
		const unlisted = images.filter((model) => model.unlisted);
		const rows = [0, 1, 2, 3, 4, 5].flatMap((page) => search('', 'image', page).results);
		expect(
			rows
				.slice(-unlisted.length)
				.map(({ value }) => value)
				.sort(),
		).toEqual(unlisted.map(({ slug }) => slug).sort());
		expect(search('', undefined, 99)).toEqual({ results: [] });
	});
});

it.each(['(', '[a-z]+', '\\', '*', '💥', 'a'.repeat(100_000), '__proto__'])(
	'survives a query such as %.20s',
	(query) => {
		expect(Array.isArray(found(query))).toBe(true);
	},
);
