import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { mp3 } from '../simulator/media';
import { mp4 } from '../simulator/video';
import { resultItem } from './resultItem';
import { fileOf } from './sampleFiles';
import { binaryModes, startStage, type GivenFile, type Stage } from './stage';

const NODE = 'segmindGenerateAudio';

const model = (value: string) => ({ model: { __rl: true, mode: 'slug', value } });
const withFiles = (...file: IDataObject[]) => ({ inputFiles: { file } }) as INodeParameters;
const withForm = (value: IDataObject) =>
	({ parameters: { mappingMode: 'defineBelow', value } }) as INodeParameters;

const photo: GivenFile = { bytes: fileOf('jpg'), fileName: 'me.jpg', mimeType: 'image/jpeg' };
const film: GivenFile = { bytes: mp4(1), fileName: 'talk.mp4', mimeType: 'video/mp4' };
const speech: GivenFile = { bytes: fileOf('wav'), fileName: 'hi.wav', mimeType: 'audio/wav' };

describe.each(binaryModes)('Generate Audio with binaries in %s', (mode) => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage(mode)));
	beforeEach(() => stage.sim.reset());
	afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
	afterAll(async () => await stage.close());

	const bodies = () => stage.sim.jobs.map(({ body }) => body);

	it('speaks a text with the default model, as a job, and returns the sound', async () => {
		const run = await stage.run(NODE, { prompt: 'Good morning.' });

		expect(run.error).toBeUndefined();
		expect(run.hints()).toEqual([]);
		const [job] = stage.sim.jobs;
		expect(stage.sim.jobs).toHaveLength(1);
		expect(job).toMatchObject({
			kind: 'async',
			slug: 'gemini-3.1-flash-tts',
			body: { text: 'Good morning.' },
		});
		const [item, ...more] = run.items();
		expect(more).toEqual([]);
		expect(item!.json).toEqual(
			resultItem({
				model: 'gemini-3.1-flash-tts',
				prompt: 'Good morning.',
				url: job!.outputs[0]!.url,
				cost: job!.billed,
				remaining_credits: stage.sim.credits,
				inference_time: expect.any(Number) as number,
				request_id: job!.requestId,
				output_role: 'audio',
				content_type: 'audio/mpeg',
				file_name: expect.stringMatching(/^gemini-3\.1-flash-tts-.*\.mp3$/) as string,
				file_size: mp3().length,
			}),
		);
		expect(await stage.engine.binary(item!.binary!.data!)).toEqual(mp3());
	});

	it.each<[what: string, slug: string, form: IDataObject, body: IDataObject]>([
		['speech', 'tts-eleven-labs', { voice: 'Rachel' }, { prompt: 'Hello', voice: 'Rachel' }],
		[
			'speech of a chosen voice',
			'gemini-3.1-flash-tts',
			{ voice_1: 'Puck' },
			{ text: 'Hello', voice_1: 'Puck' },
		],
		['music', 'meta-musicgen-medium', { duration: 20 }, { prompt: 'Hello', duration: 20 }],
		['a song', 'ace-step-music', { lyrics: 'la' }, { genres: 'Hello', lyrics: 'la' }],
		[
			'a sound',
			'sound-generation',
			{ duration_seconds: '2.5' },
			{ text: 'Hello', duration_seconds: 2.5 },
		],
	])('%s: the text goes to the main field of %s', async (_what, slug, form, body) => {
		const run = await stage.run(NODE, {
			...model(slug),
			prompt: 'Hello',
			output: 'url',
			...withForm(form),
		});
		expect(run.error).toBeUndefined();
		expect(bodies()).toEqual([body]);
	});

	it.each<[what: string, slug: string, field: string, file: GivenFile]>([
		['a voice is copied', 'chatterbox-tts', 'reference_audio', speech],
		['a film is dubbed', 'dubbing', 'source_url', film],
		['a recording is dubbed', 'dubbing', 'source_url', speech],
	])('%s: %s takes the file as %s', async (_what, slug, field, file) => {
		const isDubbed = slug === 'dubbing';
		const run = await stage.run(
			NODE,
			{
				...model(slug),
				prompt: isDubbed ? '' : 'Hello',
				output: 'url',
				...withFiles({}),
				...withForm(isDubbed ? { target_lang: 'de' } : {}),
			},
			{ items: [await stage.item({ data: file })] },
		);
		expect(run.error).toBeUndefined();
		expect(bodies()).toMatchObject([{ [field]: stage.sim.uploads[0]!.url }]);
	});

	it('asks for the field of a recording before paying, if the model has no table', async () => {
		const items = [await stage.item({ data: speech })];
		const parameters = { ...model('sts-eleven-labs'), output: 'url' };
		const stopped = await stage.run(NODE, { ...parameters, ...withFiles({}) }, { items });
		expect(stopped.error?.message).toMatch(/not known which field of .* takes/);
		expect(stage.sim.requests.filter(({ method }) => method === 'POST')).toEqual([]);

		const named = withFiles({ parameter: 'audio_url' });
		const run = await stage.run(NODE, { ...parameters, ...named }, { items });
		expect(run.error).toBeUndefined();
		expect(bodies()).toEqual([{ audio_url: stage.sim.uploads[0]!.url }]);
	});

	it('sends a voice that the page does not list, with a hint that lists the known ones', async () => {
		const run = await stage.run(NODE, { prompt: 'Hello', ...withForm({ voice_1: 'Zorro' }) });
		expect(bodies()).toEqual([{ text: 'Hello', voice_1: 'Zorro' }]);
		expect(run.hints().map(({ message }) => message)).toEqual([
			expect.stringContaining('Kore, Puck, Charon, Aoede, Fenrir, Zephyr'),
		]);
	});

	it('treats an answer with the ID of a new voice, and no sound, as a result', async () => {
		stage.sim.script({
			path: /^\/v2\/requests\/[^/]+$/,
			answer: { body: { status: 'COMPLETED', output: { voice_id: 'abc123' } } },
		});
		const run = await stage.run(NODE, { ...model('elevenlabs-voice-clone'), prompt: '' });
		expect(run.error).toBeUndefined();
		expect(run.items()[0]!.json).toMatchObject({
			status: 'COMPLETED',
			result: { voice_id: 'abc123' },
		});
	});

	it('treats an answer without a sound as a failure where speech was requested', async () => {
		stage.sim.script({
			path: /^\/v2\/requests\/[^/]+$/,
			answer: { body: { status: 'COMPLETED', output: { voice_id: 'abc123' } } },
		});
		const run = await stage.run(NODE, { prompt: 'Hello' });
		expect(run.error?.message).toMatch(/ended the run without a file/);
	});

	it.each<[what: string, parameters: INodeParameters, says: RegExp]>([
		[
			'an empty text',
			{ prompt: '' },
			/^Text or Prompt is empty, but Gemini 3\.1 Flash TTS needs text/,
		],
		[
			'a list as a text',
			{ prompt: '={{ ["a"] }}' },
			/^Text or Prompt must be text, but is \["a"\]/,
		],
		[
			'an output that is none',
			{ prompt: 'a', output: '={{ "mp3" }}' },
			/^Output must be one of file, url/,
		],
	])('%s stops the item before anything is paid', async (_what, parameters, says) => {
		const run = await stage.run(NODE, parameters);
		expect(run.error?.message).toMatch(says);
		expect(stage.sim.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('stops the item before anything is paid if its model takes no picture', async () => {
		const items = [await stage.item({ data: photo })];
		const run = await stage.run(NODE, { prompt: 'Hello', ...withFiles({}) }, { items });
		expect(run.error?.message).toMatch(/Gemini 3\.1 Flash TTS has no free field for the file/);
		expect(stage.sim.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});
});

describe('in the editor', () => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage()));
	afterAll(async () => await stage.close());

	it.each([
		[
			'segmindGenerateAudio',
			['gemini-3.1-flash-tts', 'tts-eleven-labs'],
			['seedance-2.0', 'nano-banana'],
		],
		['segmindGenerateVideo', ['seedance-2.0', 'multi-video-merge'], ['lyria-2', 'nano-banana']],
	])('the list of %s has the models of its kind only', async (node, has, hasNot) => {
		const credentials = { segmindApi: { ...stage.sim.credential } };
		const slugs = async (filter: string) => {
			const { results } = await stage.engine.listSearch(node, 'searchModels', {
				credentials,
				filter,
			});
			return results.map(({ value }) => value);
		};
		for (const slug of has) expect(await slugs(slug)).toContain(slug);
		for (const slug of hasNot) expect(await slugs(slug)).not.toContain(slug);
	});
});
