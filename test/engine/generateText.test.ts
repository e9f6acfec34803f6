import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { fileOf } from './sampleFiles';
import { failedItem } from './resultItem';
import { binaryModes, startStage, type GivenFile, type Stage } from './stage';

const NODE = 'segmindGenerateText';

const goesOn = { onError: 'continueRegularOutput' } as const;

const slug = (value: string): INodeParameters => ({ model: { __rl: true, mode: 'slug', value } });

const files = (...rows: IDataObject[]) => ({ inputFiles: { file: rows } }) as INodeParameters;

const photo: GivenFile = { bytes: fileOf('png', 500), fileName: 'a.png', mimeType: 'image/png' };
const page: GivenFile = {
	bytes: Buffer.from('%PDF-1.7\n1 0 obj'),
	fileName: 'a.pdf',
	mimeType: 'application/pdf',
};
const sound: GivenFile = { bytes: fileOf('mp3', 500), fileName: 'a.mp3', mimeType: 'audio/mpeg' };

/** The keys of the contract, in order. */
const KEYS = [
	'status',
	'model',
	'prompt',
	'text',
	'json',
	'finish_reason',
	'input_tokens',
	'output_tokens',
	'cost',
	'remaining_credits',
	'inference_time',
	'request_id',
];

describe.each(binaryModes)('Generate Text with binaries in %s', (mode) => {
	let stage: Stage;

	beforeAll(async () => (stage = await startStage(mode)));
	beforeEach(() => stage.sim.reset());
	afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
	afterAll(async () => await stage.close());

	/** Gives the next job this output. */
	const answers = (output: unknown, more: object = {}) =>
		stage.sim.script({
			path: /^\/v2\/requests\/[^/]+$/,
			answer: {
				body: {
					status: 'COMPLETED',
					metrics: { cost: 0.002, remaining_credits: 9 },
					output: typeof output === 'string' ? output : JSON.stringify(output),
					...more,
				},
			},
		});

	it.each([
		['gpt-5.4-mini', 'stop'],
		['claude-4.5-sonnet', 'end_turn'],
		['gemini-2.5-flash', 'STOP'],
		['deepseek-chat', 'stop'],
		['llama-v3p1-8b-instruct', 'stop'],
	])('answers a prompt with %s, flat and as a job', async (model, reason) => {
		const run = await stage.run(NODE, { ...slug(model), prompt: 'What is a fox?' });

		expect(run.error).toBeUndefined();
		const [job] = stage.sim.jobs;
		expect(job).toMatchObject({ kind: 'async', slug: model, body: { prompt: 'What is a fox?' } });
		expect(Object.keys(job!.body)).toEqual(['prompt']);
		const [item] = run.items();
		expect(Object.keys(item!.json)).toEqual(KEYS);
		expect(item!.json).toEqual({
			status: 'COMPLETED',
			model,
			prompt: 'What is a fox?',
			text: 'Simulated answer to: What is a fox?',
			json: null,
			finish_reason: reason,
			input_tokens: 4,
			output_tokens: 7,
			cost: job!.billed,
			remaining_credits: stage.sim.credits,
			inference_time: expect.any(Number) as number,
			request_id: job!.requestId,
		});
		expect(run.hints()).toEqual([]);
	});

	it.each([
		['gpt-5.4-mini', 'image/png, application/pdf, audio/mp3', [photo, page, sound]],
		['claude-4.5-sonnet', 'image/png, application/pdf', [photo, page]],
		['gemini-2.5-flash', 'image/png, application/pdf, audio/mpeg', [photo, page, sound]],
	])('shows files to %s within its messages', async (model, seen, given) => {
		const names = given.map((_, at) => `file_${at}`);
		const item = await stage.item(Object.fromEntries(given.map((one, at) => [names[at], one])));
		const run = await stage.run(
			NODE,
			{
				...slug(model),
				prompt: 'What is this?',
				systemMessage: 'Be short',
				...files({ binaryField: names.join(', ') }),
			},
			{ items: [item] },
		);

		expect(run.error).toBeUndefined();
		expect(stage.sim.uploads).toEqual([]);
		expect(run.items()[0]?.json.text).toBe(
			`Simulated answer to: What is this? (saw ${given.length}: ${seen})`,
		);
		expect(JSON.stringify(stage.sim.jobs[0]?.body)).toContain(photo.bytes.toString('base64'));
		// The input item's files stay.
		expect(Object.keys(run.items()[0]?.binary ?? {})).toEqual(names);
	});

	it('gives a picture to LLaVA in its own field, uploaded', async () => {
		const item = await stage.item({ data: photo });
		const run = await stage.run(
			NODE,
			{ ...slug('llava-v1.6'), prompt: 'What is this?', ...files({}) },
			{ items: [item] },
		);

		expect(run.error).toBeUndefined();
		const [upload] = stage.sim.uploads;
		expect(stage.sim.jobs[0]?.body).toEqual({ prompt: 'What is this?', images: upload?.url });
		expect(run.items()[0]?.json.text).toBe('Simulated answer to: What is this? (saw 1: url)');
	});

	it('transcribes sound, without a prompt', async () => {
		const item = await stage.item({ data: sound });
		const run = await stage.run(
			NODE,
			{ ...slug('eleven-labs-transcript'), ...files({}) },
			{ items: [item] },
		);

		expect(run.error).toBeUndefined();
		expect(stage.sim.jobs[0]?.body).toEqual({ audio_url: stage.sim.uploads[0]?.url });
		expect(run.items()[0]?.json).toMatchObject({
			prompt: null,
			text: 'Simulated transcript by Elevenlabs Transcript.',
			json: null,
		});
	});

	it.each(['url', 'base64', 'dataUri'])('sends a picture to Claude as %s', async (sendFilesAs) => {
		const item = await stage.item({ data: photo });
		const run = await stage.run(
			NODE,
			{
				...slug('claude-4.5-sonnet'),
				prompt: 'What is this?',
				...files({}),
				options: { sendFilesAs },
			},
			{ items: [item] },
		);

		expect(run.error).toBeUndefined();
		const source =
			sendFilesAs === 'url'
				? { type: 'url', url: stage.sim.uploads[0]?.url }
				: { type: 'base64', media_type: 'image/png', data: photo.bytes.toString('base64') };
		expect(stage.sim.jobs[0]?.body.messages).toEqual([
			{
				role: 'user',
				content: [
					{ type: 'image', source },
					{ type: 'text', text: 'What is this?' },
				],
			},
		]);
	});

	it.each(['gpt-5.4-mini', 'claude-4.5-sonnet', 'gemini-2.5-flash', 'deepseek-chat', 'llava-v1.6'])(
		'gives rows of the wanted keys with %s',
		async (model) => {
			const example = { title: 'Red shoes', price: 49.9, tags: ['summer'], stock: { isNew: true } };
			const item = await stage.item(model === 'llava-v1.6' ? { data: photo } : {});
			const run = await stage.run(
				NODE,
				{
					...slug(model),
					prompt: 'Write a product text',
					outputFormat: 'json',
					jsonSchema: JSON.stringify(example),
					...(model === 'llava-v1.6' ? files({}) : {}),
				},
				{ items: [item] },
			);

			expect(run.error).toBeUndefined();
			expect(run.items()[0]?.json.json).toEqual({
				title: 'Simulated title',
				price: 1,
				tags: ['Simulated tags'],
				stock: { isNew: true },
			});
		},
	);

	it.each(['gpt-5.4-mini', 'o3-mini', 'deepseek-chat', 'claude-4.5-sonnet', 'gemini-2.5-flash'])(
		'gives any object with %s where no schema is set',
		async (model) => {
			const run = await stage.run(NODE, {
				...slug(model),
				prompt: 'A fox',
				outputFormat: 'json',
			});

			expect(run.error).toBeUndefined();
			expect(typeof run.items()[0]?.json.json).toBe('object');
		},
	);

	it.each([
		['not JSON', 'I am sorry', /The answer is not JSON/],
		['of another make', '{"title": 7}', /"price" is missing; "title" must be text, but is 7/],
		['a list', '[1, 2]', /the answer must be an object/],
	])('fails, with its text and its price, for an answer that is %s', async (_, content, says) => {
		answers({ choices: [{ message: { content }, finish_reason: 'stop' }] });
		const run = await stage.run(
			NODE,
			{ prompt: 'A', outputFormat: 'json', jsonSchema: { title: 'a', price: 1 } },
			{ nodeOptions: goesOn },
		);

		expect(run.items()[0]?.json).toEqual(
			failedItem({
				status: 'FAILED',
				failure_reason: expect.stringMatching(says) as string,
				billed: 'yes',
				advice: expect.stringContaining(content) as string,
				model: 'gpt-5.4-mini',
				prompt: 'A',
				request_id: stage.sim.jobs[0]!.requestId,
				raw_response: expect.any(Object) as IDataObject,
			}),
		);
	});

	it('does not pay again for such an answer when n8n retries', async () => {
		answers({ choices: [{ message: { content: 'no' }, finish_reason: 'stop' }] });
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		await stage.run(NODE, { prompt: 'A', outputFormat: 'json' }, { nodeOptions: retry });

		expect(stage.sim.jobs).toHaveLength(1);
	});

	it.each<[why: string, output: unknown, says: RegExp]>([
		[
			'OpenAI’s refusal',
			{
				choices: [{ message: { content: null, refusal: 'I cannot help' }, finish_reason: 'stop' }],
			},
			/The model refused: I cannot help/,
		],
		[
			'Anthropic’s',
			{ content: [{ type: 'text', text: 'I will not' }], stop_reason: 'refusal' },
			/The model refused: I will not/,
		],
		[
			'Gemini’s',
			{ promptFeedback: { blockReason: 'SAFETY' } },
			/The model refused: the prompt was blocked \(SAFETY\)/,
		],
		[
			'a filter’s',
			{ choices: [{ message: { content: '' }, finish_reason: 'content_filter' }] },
			/The model refused: the answer ended with "content_filter"/,
		],
		[
			'an empty text',
			{ choices: [{ message: { content: ' ' }, finish_reason: 'stop' }] },
			/holds no result/,
		],
		[
			'thoughts that used up all tokens',
			{ choices: [{ message: { content: '' }, finish_reason: 'length' }] },
			/token limit/,
		],
		['nothing', { choices: [] }, /holds no result/],
		['an error in the text', { error: { message: 'overloaded' } }, /overloaded/],
	])('is a failure for %s', async (_, output, says) => {
		answers(output);
		const run = await stage.run(NODE, { prompt: 'A' }, { nodeOptions: goesOn });

		expect(run.items()[0]?.json).toMatchObject({ status: 'FAILED', billed: 'yes' });
		expect(run.items()[0]?.json.failure_reason).toMatch(says);
	});

	it('returns an answer that was cut, with a hint', async () => {
		answers({ content: [{ type: 'text', text: 'A fox is' }], stop_reason: 'max_tokens' });
		const run = await stage.run(NODE, { ...slug('claude-4.5-sonnet'), prompt: 'A' });

		expect(run.items()[0]?.json).toMatchObject({ text: 'A fox is', finish_reason: 'max_tokens' });
		expect(run.hints().map(({ message }) => message)).toEqual([
			expect.stringMatching(/cut off at its token limit \(max_tokens\): raise the option Max/),
		]);
	});

	it('does not take a cut answer for JSON', async () => {
		answers({ choices: [{ message: { content: '{"a": "b' }, finish_reason: 'length' }] });
		const run = await stage.run(
			NODE,
			{ prompt: 'A', outputFormat: 'json' },
			{ nodeOptions: goesOn },
		);

		expect(run.items()[0]?.json.failure_reason).toMatch(/cut off at its token limit \(length\)/);
		expect(run.items()[0]?.json.advice).toContain('{"a": "b');
	});

	it('continues earlier turns, in any format', async () => {
		const contents = [
			{ role: 'user', parts: [{ text: 'Hello' }] },
			{ role: 'model', parts: [{ text: 'Hi' }] },
		];
		const run = await stage.run(NODE, {
			prompt: 'And now?',
			options: { messages: JSON.stringify({ contents }), temperature: 0.2, maxTokens: 50 },
		});

		expect(run.error).toBeUndefined();
		expect(stage.sim.jobs[0]?.body).toEqual({
			messages: [
				{ role: 'user', content: 'Hello' },
				{ role: 'assistant', content: 'Hi' },
				{ role: 'user', content: 'And now?' },
			],
			temperature: 0.2,
			max_tokens: 50,
		});
	});

	it.each<[what: string, parameters: INodeParameters, says: RegExp]>([
		['an empty prompt', { prompt: ' ' }, /Prompt is empty/],
		[
			'an example that is no JSON',
			{ prompt: 'a', outputFormat: 'json', jsonSchema: '{ title: }' },
			/JSON Schema is not valid JSON/,
		],
		[
			'a schema that is a list',
			{ prompt: 'a', outputFormat: 'json', jsonSchema: '["title"]' },
			/JSON Schema must be an object such as/,
		],
		[
			'messages that are no list',
			{ prompt: 'a', options: { messages: '{"role": "user"}' } },
			/Earlier Turns \(JSON\): must be a list of earlier turns/,
		],
		[
			'messages that are no JSON',
			{ prompt: 'a', options: { messages: 'Hello' } },
			/^Earlier Turns \(JSON\) is not valid JSON: a text value without quotation marks.*near Hello\)$/,
		],
		[
			'messages of an unknown form',
			{ prompt: 'a', options: { messages: [{ role: 'tool', content: 'x' }] } },
			/entry 1 must have a role/,
		],
		[
			'a picture for a model that reads words only',
			{ ...slug('deepseek-chat'), prompt: 'a', ...files({}) },
			/DeepSeek Chat reads only text, no files/,
		],
		[
			'a picture for a model that hears',
			{ ...slug('eleven-labs-transcript'), ...files({}) },
			/Elevenlabs Transcript has no free field/,
		],
		[
			'sound for Claude',
			{ ...slug('claude-4.5-sonnet'), prompt: 'a', ...files({ binaryField: 'sound' }) },
			/Claude 4\.5 Sonnet cannot read the file in the field "sound" \(audio\/mpeg\)/,
		],
		[
			'a model that makes pictures',
			{ ...slug('fast-flux-schnell'), prompt: 'a' },
			/Fast Flux\.1 Schnell makes images, not text/,
		],
		[
			'a temperature that is none',
			{ prompt: 'a', options: { temperature: '=hot' } },
			/Temperature must be a number from 0 to 2/,
		],
		[
			'another output format',
			{ prompt: 'a', outputFormat: '={{ "xml" }}' },
			/Output Format must be/,
		],
	])('stops before paying for %s', async (_, parameters, says) => {
		const item = await stage.item({ data: photo, sound });
		const run = await stage.run(NODE, parameters, { items: [item], nodeOptions: goesOn });

		expect(run.items()[0]?.json).toMatchObject({ status: 'REJECTED', billed: 'no' });
		expect(run.items()[0]?.json.failure_reason).toMatch(says);
		expect(stage.sim.requests).toEqual([]);
	});

	it('lists models that answer in words, of all four kinds, and no others', async () => {
		const list = async (filter: string) => {
			const options = { credentials: { segmindApi: { ...stage.sim.credential } }, filter };
			const { results } = await stage.engine.listSearch(NODE, 'searchModels', options);
			return results.map(({ value }) => value);
		};

		expect(await list('claude')).toContain('claude-4.5-sonnet');
		expect(await list('llava')).toContain('llava-v1.6');
		expect(await list('transcript')).toContain('eleven-labs-transcript');
		expect(await list('flux')).toEqual([]);
	});

	it('returns to an agent after 50 seconds, with the ID of the running job', async () => {
		const { duration } = stage;
		stage.duration = () => 70;
		try {
			const run = await stage.run(`n8n-nodes-segmind.${NODE}Tool`, { prompt: 'A' });
			const [job] = stage.sim.jobs;

			expect(run.error).toBeUndefined();
			expect(run.items()[0]?.json).toEqual({
				...Object.fromEntries(KEYS.map((key) => [key, null])),
				status: 'PROCESSING',
				model: 'gpt-5.4-mini',
				prompt: 'A',
				request_id: job!.requestId,
				advice: expect.stringContaining(job!.requestId) as string,
			});
		} finally {
			stage.duration = duration;
		}
	});
});
