import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { lastFrame, mp4 } from '../simulator/video';
import { resultItem } from './resultItem';
import { fileOf } from './sampleFiles';
import { binaryModes, startStage, type GivenFile, type Stage } from './stage';

const NODE = 'segmindGenerateVideo';
const SEEDANCE = 'seedance-2.0';

const model = (value: string) => ({ model: { __rl: true, mode: 'slug', value } });
const withForm = (value: IDataObject) =>
	({ parameters: { mappingMode: 'defineBelow', value } }) as INodeParameters;
const withFiles = (...file: IDataObject[]) => ({ inputFiles: { file } }) as INodeParameters;

const photo: GivenFile = { bytes: fileOf('jpg'), fileName: 'me.jpg', mimeType: 'image/jpeg' };
const end: GivenFile = { bytes: fileOf('png', 900, 2), fileName: 'end.png', mimeType: 'image/png' };
const film: GivenFile = { bytes: mp4(1), fileName: 'dance.mp4', mimeType: 'video/mp4' };
const speech: GivenFile = { bytes: fileOf('wav'), fileName: 'hi.wav', mimeType: 'audio/wav' };

describe.each(binaryModes)('Generate Video with binaries in %s', (mode) => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage(mode)));
	beforeEach(() => stage.sim.reset());
	afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
	afterAll(async () => await stage.close());

	const bodies = () => stage.sim.jobs.map(({ body }) => body);

	it('makes a video from text as a job, waits for it, and returns it', async () => {
		const run = await stage.run(NODE, {
			...model(SEEDANCE),
			prompt: 'a red fox runs',
			aspectRatio: '9:16',
			duration: 8,
			resolution: '720p',
			options: { seed: 77 },
		});

		expect(run.error).toBeUndefined();
		expect(run.hints()).toEqual([]);
		const [job] = stage.sim.jobs;
		expect(stage.sim.jobs).toHaveLength(1);
		expect(job).toMatchObject({ kind: 'async', slug: SEEDANCE });
		expect(job!.body).toEqual({
			prompt: 'a red fox runs',
			aspect_ratio: '9:16',
			duration: 8,
			resolution: '720p',
			seed: 77,
		});
		const bytes = mp4(77, { aspectRatio: '9:16', seconds: 8 });
		const [item, ...more] = run.items();
		expect(more).toEqual([]);
		expect(item!.json).toEqual(
			resultItem({
				model: SEEDANCE,
				prompt: 'a red fox runs',
				url: job!.outputs[0]!.url,
				seed: 77,
				cost: job!.billed,
				remaining_credits: stage.sim.credits,
				inference_time: expect.any(Number) as number,
				request_id: job!.requestId,
				output_role: 'video',
				content_type: 'video/mp4',
				file_name: `${SEEDANCE}-77.mp4`,
				file_size: bytes.length,
			}),
		);
		expect(await stage.engine.binary(item!.binary!.data!)).toEqual(bytes);
	});

	it('sends only what is set', async () => {
		await stage.run(NODE, { ...model(SEEDANCE), prompt: 'a fox', output: 'url' });
		expect(bodies()).toEqual([{ prompt: 'a fox' }]);
	});

	it('gives the address alone where that is wanted', async () => {
		const run = await stage.run(NODE, { ...model(SEEDANCE), prompt: 'a fox', output: 'url' });
		const [item] = run.items();
		expect(item).not.toHaveProperty('binary');
		expect(item!.json.url).toBe(stage.sim.jobs[0]!.outputs[0]!.url);
		expect(stage.sim.requests.filter(({ origin }) => origin === 'files')).toEqual([]);
	});

	it.each<[slug: string, parameters: INodeParameters, body: IDataObject]>([
		['veo-2', { duration: 6, aspectRatio: '9:16' }, { duration: 6, aspect_ratio: '9:16' }],
		['kling-3-standard-text2video', { duration: 7 }, { duration: '7' }],
		['sora-2', { duration: 12, aspectRatio: '16:9' }, { duration: 12, size: '1280x720' }],
		['sora-2', { resolution: '720p', aspectRatio: '9:16' }, { size: '720x1280' }],
		[
			'pixverse-5-video',
			{ resolution: '1080p', duration: '5', ...withForm({ motion_mode: 'normal' }) },
			{ quality: '1080p', duration: 5, motion_mode: 'normal' },
		],
		[
			'hunyuan-video',
			{ aspectRatio: 'custom', width: 640, height: 480 },
			{ width: 640, height: 480 },
		],
		[SEEDANCE, { duration: '={{ "5s" }}' }, { duration: 5 }],
		[SEEDANCE, { duration: '={{ " 5 sec " }}' }, { duration: 5 }],
		[SEEDANCE, { duration: '={{ null }}', resolution: '={{ "" }}' }, {}],
		[SEEDANCE, { resolution: '={{ "4K" }}' }, { resolution: '4k' }],
		[SEEDANCE, { resolution: '={{ " 720P " }}' }, { resolution: '720p' }],
		[SEEDANCE, { resolution: '={{ "Model Default" }}' }, {}],
	])('%s is told %j in its own words', async (slug, parameters, body) => {
		const run = await stage.run(NODE, {
			...model(slug),
			prompt: 'a fox',
			output: 'url',
			...parameters,
		});
		expect(run.error).toBeUndefined();
		expect(bodies()).toEqual([{ prompt: 'a fox', ...body }]);
	});

	it.each<[what: string, slug: string, parameters: INodeParameters, says: RegExp]>([
		[
			'7 seconds where 5 and 9 exist',
			'ray-flash-2-720p',
			{ duration: 7 },
			/cannot make a video of 7 seconds: it offers 5, 9/,
		],
		['a length that none is', 'veo-2', { duration: 5.5 }, /cannot make a video of 5\.5 seconds/],
		[
			'a length for a model without one',
			'hunyuan-video',
			{ duration: 5 },
			/no setting for the duration/,
		],
		[
			'4K for a model without it',
			'hailuo-2.3',
			{ resolution: '4k' },
			/does not offer the resolution 4k: it offers 768p, 1080p/,
		],
		[
			'a resolution for a model without one',
			'veo-2',
			{ resolution: '720p' },
			/no setting for the resolution/,
		],
		[
			'a length for a model that nobody knows',
			'brand-new',
			{ duration: 5 },
			/Duration cannot be translated/,
		],
		['an empty prompt', SEEDANCE, { prompt: '' }, /Prompt is empty, but Seedance 2\.0 needs text/],
		[
			'words as a length',
			SEEDANCE,
			{ duration: '={{ "long" }}' },
			/Duration \(Seconds\) must be a number of seconds above 0, but is "long"/,
		],
		[
			'nothing as a length',
			SEEDANCE,
			{ duration: 0 },
			/must be a number of seconds above 0, but is 0/,
		],
		[
			'less than nothing',
			SEEDANCE,
			{ duration: '={{ "-5" }}' },
			/must be a number of seconds above 0/,
		],
		[
			'a switch as a length',
			SEEDANCE,
			{ duration: '={{ true }}' },
			/must be a number of seconds above 0/,
		],
		[
			'a list as a length',
			SEEDANCE,
			{ duration: '={{ [5] }}' },
			/must be a number of seconds above 0/,
		],
		[
			'a resolution that does not exist',
			SEEDANCE,
			{ resolution: '={{ "8k" }}' },
			/Resolution must be one of 480p, 720p, 1080p, 4k, but is "8k"/,
		],
		['no model', '', {}, /Model" is required/],
	])('%s stops the item before anything is paid', async (_what, slug, parameters, says) => {
		const run = await stage.run(NODE, { ...model(slug), prompt: 'a fox', ...parameters });
		expect(run.error?.message).toMatch(says);
		expect(stage.sim.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('stops the item before anything is paid if its model takes no picture', async () => {
		const run = await stage.run(
			NODE,
			{ ...model('veo-2'), prompt: 'a fox', ...withFiles({}) },
			{ items: [await stage.item({ data: photo })] },
		);
		expect(run.error?.message).toMatch(
			/Google Veo 2 has no free field for the file in the field "data"/,
		);
		expect(stage.sim.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it.each<[slug: string, files: Record<string, GivenFile>, rows: IDataObject[], fields: string[]]>([
		[SEEDANCE, { data: photo }, [{}], ['first_frame_url']],
		[
			SEEDANCE,
			{ data: photo, end },
			[{}, { binaryField: 'end', parameter: 'last_frame_url' }],
			['first_frame_url', 'last_frame_url'],
		],
		[
			SEEDANCE,
			{ data: photo, end },
			[{ binaryField: 'data, end' }],
			['first_frame_url', 'last_frame_url'],
		],
		[
			SEEDANCE,
			{ data: photo, end },
			[{ binaryField: 'data, end', parameter: 'reference_images' }],
			['reference_images'],
		],
		[
			'kling-2.6-standard-motion-control',
			{ data: photo, film },
			[{ binaryField: 'film' }, {}],
			['image_url', 'video_url'],
		],
		[
			'kling-v1-standard-ai-avatar',
			{ speech, data: photo },
			[{ binaryField: 'speech' }, {}],
			['audio_url', 'image_url'],
		],
		['multi-video-merge', { one: film, two: film }, [{ binaryField: 'one,two' }], ['video_urls']],
	])('%s finds places for its files', async (slug, files, rows, fields) => {
		const run = await stage.run(
			NODE,
			{
				...model(slug),
				prompt: slug === 'multi-video-merge' ? '' : 'a fox',
				output: 'url',
				...withFiles(...rows),
			},
			{ items: [await stage.item(files)] },
		);
		expect(run.error).toBeUndefined();
		const [body] = bodies();
		expect(
			Object.keys(body!)
				.filter((name) => name !== 'prompt')
				.sort(),
		).toEqual(fields);
	});

	describe('the last frame', () => {
		const asked = {
			...model(SEEDANCE),
			prompt: 'a fox',
			...withForm({ return_last_frame: true, seed: 5 }),
		};

		it('is a file and an item of its own when it is asked for', async () => {
			const run = await stage.run(NODE, asked);

			expect(run.error).toBeUndefined();
			const items = run.items();
			expect(items.map(({ json }) => [json.output_role, json.content_type])).toEqual([
				['video', 'video/mp4'],
				['last_frame', 'image/png'],
			]);
			expect(items.map(({ json }) => json.output_count)).toEqual([2, 2]);
			expect(await stage.engine.binary(items[1]!.binary!.data!)).toEqual(await lastFrame(5));
		});

		it('may stand beside the video in one item', async () => {
			const run = await stage.run(NODE, { ...asked, options: { outputItems: 'perInput' } });
			const [item, ...more] = run.items();
			expect(more).toEqual([]);
			expect(await stage.engine.binary(item!.binary!.data_1!)).toEqual(await lastFrame(5));
			const roles = (item!.json.outputs as IDataObject[]).map(({ output_role: role }) => role);
			expect(roles).toEqual(['video', 'last_frame']);
		});

		it('is asked for in JSON as well', async () => {
			const run = await stage.run(NODE, {
				...model(SEEDANCE),
				prompt: 'a fox',
				output: 'url',
				options: { jsonParameters: '{ "return_last_frame": "true" }' },
			});
			expect(run.items().map(({ json }) => json.url)).toEqual(
				stage.sim.jobs[0]!.outputs.map(({ url }) => url),
			);
			expect(stage.sim.jobs[0]!.outputs).toHaveLength(2);
		});
	});

	it('works on many items side by side, each with its own model and length', async () => {
		const items = [
			{ slug: SEEDANCE, seconds: 5 },
			{ slug: 'veo-2', seconds: 7 },
			{ slug: 'ray-flash-2-720p', seconds: 7 },
		].map((json) => ({ json }));
		const run = await stage.run(
			NODE,
			{
				model: { __rl: true, mode: 'slug', value: '={{ $json.slug }}' },
				prompt: 'a fox',
				duration: '={{ $json.seconds }}',
				output: 'url',
			},
			{ items, nodeOptions: { onError: 'continueRegularOutput' } },
		);
		expect(run.items().map(({ json }) => [json.status, json.model, json.billed])).toEqual([
			['COMPLETED', SEEDANCE, undefined],
			['COMPLETED', 'veo-2', undefined],
			['REJECTED', 'ray-flash-2-720p', 'no'],
		]);
		expect(stage.sim.jobs).toHaveLength(2);
	});
});
