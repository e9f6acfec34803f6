import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { startStage, type Stage } from './stage';
import { fileOf } from './sampleFiles';

let stage: Stage;

beforeAll(async () => (stage = await startStage('memory')));
beforeEach(() => stage.sim.reset());
afterAll(async () => await stage.close());

const slug = (value: unknown): INodeParameters => ({
	model: { __rl: true, mode: 'slug', value } as INodeParameters,
});
const url = (value: string): INodeParameters => ({
	model: { __rl: true, mode: 'url', value } as INodeParameters,
});
const options = (more: IDataObject) => ({ options: more }) as INodeParameters;
const json = (jsonParameters: string) => options({ jsonParameters });
const files = (...file: IDataObject[]) => ({ inputFiles: { file } }) as INodeParameters;
/** An expression that gives the second item this value and the first a valid one. */
const second = (good: string, bad: string) => `={{ $itemIndex === 1 ? ${bad} : ${good} }}`;

async function items(): Promise<INodeExecutionData[]> {
	const file = { bytes: fileOf('png'), fileName: 'a.png', mimeType: 'image/png' };
	return [{ json: {} }, await stage.item({ data: file, data_1: file })];
}

/** The first item is valid and would run if items were sent before all are checked. */
describe('reports the second item’s invalid input before sending', () => {
	const flux = '"fast-flux-schnell"';
	const cannotBe = (value: string) =>
		`Model: "${value}" is not a model: choose one from the list, or enter its slug, such as fast-flux-schnell, or the URL of its page`;
	const noPage = (value: string) =>
		`Model: "${value}" is not the page of a Segmind model; such a URL looks like https://www.segmind.com/models/fast-flux-schnell`;

	it.each<[what: string, parameters: INodeParameters, message: string | RegExp]>([
		['an empty model', slug(second(flux, '""')), 'Model: No model is chosen'],
		['a model of blanks', slug(second(flux, '"  "')), 'Model: No model is chosen'],
		['no model at all', slug(second(flux, 'undefined')), 'Model: No model is chosen'],
		['null as a model', slug(second(flux, 'null')), 'Model: No model is chosen'],
		['a list as a model', slug(second(flux, '["a"]')), /^Model: .*not a list/],
		['an object as a model', slug(second(flux, '({ a: 1 })')), /^Model: .*not an object/],
		['a slug with a slash', slug(second(flux, '"a/b"')), cannotBe('a/b')],
		['a slug with ".."', slug(second(flux, '".."')), cannotBe('..')],
		['a slug that climbs', slug(second(flux, '"../v1/requests"')), cannotBe('../v1/requests')],
		['the address of jobs', slug(second(flux, '"requests"')), cannotBe('requests')],
		['a slug with a query', slug(second(flux, '"a?b=c"')), cannotBe('a?b=c')],
		['a slug with blanks in it', slug(second(flux, '"a red fox"')), cannotBe('a red fox')],
		[
			'the page of another site',
			url(
				second(
					'"https://www.segmind.com/models/fast-flux-schnell"',
					'"https://example.com/models/x"',
				),
			),
			noPage('https://example.com/models/x'),
		],
		[
			'a page that is no model’s',
			url(
				second(
					'"https://www.segmind.com/models/fast-flux-schnell"',
					'"https://www.segmind.com/pricing"',
				),
			),
			noPage('https://www.segmind.com/pricing'),
		],
		[
			'a site with a similar name',
			url(
				second(
					'"https://www.segmind.com/models/fast-flux-schnell"',
					'"https://segmind.com.example.org/models/x"',
				),
			),
			noPage('https://segmind.com.example.org/models/x'),
		],
		[
			'an object as a prompt',
			{ prompt: second('"a"', '({ text: "a red fox" })') },
			'Prompt must be text, but is {"text":"a red fox"}',
		],
		['a list as a prompt', { prompt: second('"a"', '["a"]') }, 'Prompt must be text, but is ["a"]'],
		[
			'broken JSON',
			json(second(`'{}'`, `'{"seed": 1'`)),
			/^More Parameters \(JSON\) is not valid JSON: /,
		],
		[
			'a word as JSON',
			json(second(`'{}'`, `'seed'`)),
			/^More Parameters \(JSON\) is not valid JSON: /,
		],
		[
			'a list as JSON',
			json(second(`'{}'`, `'[1]'`)),
			/^More Parameters \(JSON\) must be an object such as { "seed": 42 }, but is /,
		],
		[
			'a list that an expression gives as JSON',
			json(second('({})', '[{ seed: 1 }]')),
			/^More Parameters \(JSON\) must be an object such as { "seed": 42 }, but is \[\{"seed":1\}\]/,
		],
		[
			'a text as JSON',
			json(second(`'{}'`, `'"a"'`)),
			/^More Parameters \(JSON\) must be an object such as { "seed": 42 }, but is "a"/,
		],
		[
			'a number as JSON',
			json(second(`'{}'`, `'7'`)),
			/^More Parameters \(JSON\) must be an object such as { "seed": 42 }, but is 7/,
		],
		[
			'a field name that no expression could address',
			options({ binaryField: second('"data"', '"a b"') }),
			'Put Output File in Field must be a field name of letters, digits, "_" and "-", but is "a b"',
		],
		[
			'a field name that every object has',
			options({ binaryField: second('"data"', '"constructor"') }),
			/^Put Output File in Field must be a field name/,
		],
		[
			'an empty field name',
			options({ binaryField: second('"data"', '""') }),
			/^Put Output File in Field must be a field name/,
		],
		...(
			[
				['0', '0'],
				['-1', '-1'],
				['0.5', '0.5'],
				['86401', '86401'],
				['NaN', 'NaN'],
				['Infinity', 'Infinity'],
				['"abc"', '"abc"'],
				['""', '""'],
				['[5]', '[5]'],
				['true', 'true'],
			] as const
		).map(([value, shown]): [string, INodeParameters, string] => [
			`a timeout of ${value}`,
			options({ timeout: second('600', value) }),
			`Timeout (Seconds) must be a number from 1 to 86400, but is ${shown}`,
		]),
		[
			'a choice that is none',
			options({ outputItems: second('"perFile"', '"all"') }),
			'Output Items must be one of mainFile, perFile, perInput, but is "all"',
		],
		...(
			[
				['mode', 'Mode must be one of async, auto, sync'],
				['sendFilesAs', 'Send Files As must be one of base64, dataUri, url'],
				['checkParameters', 'Check Parameters must be one of error, off, warn'],
			] as const
		).flatMap(
			([name, message]): Array<[string, INodeParameters, string]> => [
				[
					`a word as ${name}`,
					options({ [name]: second('undefined', '"ftp"') }),
					`${message}, but is "ftp"`,
				],
				[
					`a list as ${name}`,
					options({ [name]: second('undefined', '["a"]') }),
					`${message}, but is ["a"]`,
				],
			],
		),
		...['includeInputFields', 'includeRawResponse'].flatMap(
			(name): Array<[string, INodeParameters, RegExp]> =>
				['"yes"', '1', '[]', '""'].map((value) => [
					`${value} as ${name}`,
					options({ [name]: second('false', value) }),
					/^Include (Input Fields|Raw Response) must be true or false, but is /,
				]),
		),
		[
			'an object as a file name',
			options({ fileName: second('"a"', '({ a: 1 })') }),
			'File Name must be text, but is {"a":1}',
		],
	])('%s', async (_what, parameters, message) => {
		const run = await stage.run(
			'segmindGenerateImage',
			{ prompt: 'a red fox', ...parameters },
			{ items: await items() },
		);

		expect(run.error).toMatchObject({
			name: 'NodeOperationError',
			message: typeof message === 'string' ? message : expect.stringMatching(message),
			context: { itemIndex: 1 },
		});
		expect(run.error!.description).toMatch(
			/^Nothing was sent.*<br>Item 0: not started, nothing was sent$/,
		);
		expect(stage.sim.requests).toEqual([]);
	});

	it('a missing input file', async () => {
		const run = await stage.run(
			'segmindGenerateImage',
			{ prompt: 'a', ...files({ parameter: 'image', binaryField: 'photo' }) },
			{ items: await items() },
		);

		expect(run.error!.message).toContain('photo');
		expect(run.error!.context.itemIndex).toBe(0);
		expect(stage.sim.requests).toEqual([]);
	});

	it('certain errors with Check Parameters set to Error', async () => {
		const run = await stage.run(
			'segmindGenerateImage',
			{
				prompt: 'a',
				...options({
					jsonParameters: second('({ steps: 4 })', '({ step: 4, aspect_ratio: "7:1" })'),
					checkParameters: 'error',
				}),
			},
			{ items: [{ json: {} }, { json: {} }] },
		);

		expect(run.error).toMatchObject({ name: 'NodeOperationError', context: { itemIndex: 1 } });
		expect(run.error!.message).toContain('has no field "step"; did you mean "steps"?');
		expect(run.error!.message).toContain('"aspect_ratio" is "7:1"');
		expect(stage.sim.requests).toEqual([]);
	});
});

describe('an option of the whole run that is out of range', () => {
	it.each<[name: string, value: unknown, message: string]>([
		['concurrency', 0, 'Concurrency must be a number from 1 to 50, but is 0'],
		['concurrency', 51, 'Concurrency must be a number from 1 to 50, but is 51'],
		['concurrency', 'many', 'Concurrency must be a number from 1 to 50, but is "many"'],
		['maxJobs', 0, 'Max Jobs must be a number from 1 to 1000, but is 0'],
		['maxJobs', 1001, 'Max Jobs must be a number from 1 to 1000, but is 1001'],
		['maxRetries', -1, 'Max Retries must be a number from 0 to 10, but is -1'],
		['maxRetries', 11, 'Max Retries must be a number from 0 to 10, but is 11'],
	])('%s %p', async (name, value, message) => {
		const run = await stage.run(
			'segmindGenerateImage',
			{ prompt: 'a', ...options({ [name]: value } as IDataObject) },
			{ items: [{ json: {} }, { json: {} }] },
		);

		expect(run.error).toMatchObject({
			name: 'NodeOperationError',
			message,
			context: { itemIndex: 0 },
		});
		expect(stage.sim.requests).toEqual([]);
	});
});

it('accepts numbers written as text', async () => {
	const run = await stage.run('segmindGenerateImage', {
		prompt: 'a',
		...options({ timeout: '={{ " 60 " }}', concurrency: '={{ "2" }}' }),
	});
	expect(run.error).toBeUndefined();
});

it('accepts a free field besides those of the item', async () => {
	const run = await stage.run(
		'segmindGenerateImage',
		{ prompt: 'a', ...options({ binaryField: ' picture ' }) },
		{ items: await items() },
	);
	expect(run.items().map(({ binary }) => Object.keys(binary!))).toEqual([
		['picture'],
		['data', 'data_1', 'picture'],
	]);
});

describe('input that people mean well', () => {
	const nano = slug('nano-banana');
	const form = (value: IDataObject) =>
		({ parameters: { mappingMode: 'defineBelow', value, schema: [] } }) as INodeParameters;
	const row = { parameter: '', source: 'binary', binaryField: 'data' };
	const base64 = fileOf('png').toString('base64');
	/** As a Code node returns it. */
	const made = (file: IDataObject) =>
		({ json: {}, binary: { data: file } }) as unknown as INodeExecutionData;
	const ready = async () => [(await items())[1]!];
	const sentBody = () => stage.sim.requests.find(({ path }) => /^\/v[12]\/nano/.test(path))?.body;

	it.each<[what: string, parameters: INodeParameters, body: IDataObject]>([
		['a date as prompt', { prompt: '={{ new Date(0) }}' }, { prompt: '1970-01-01T00:00:00.000Z' }],
		[
			'$now as prompt',
			{ prompt: '={{ $now.setZone("utc").startOf("year").set({ year: 2020 }) }}' },
			{ prompt: '2020-01-01T00:00:00.000Z' },
		],
		['a number as prompt', { prompt: '={{ 7 }}' }, { prompt: '7' }],
		['a switch as prompt', { prompt: '={{ false }}' }, { prompt: 'false' }],
		[
			'a whole body pasted as JSON, with an empty prompt',
			{ prompt: '', ...json('{ "prompt": "a fox", "image_urls": ["https://a.test/a.png"] }') },
			{ prompt: 'a fox', image_urls: ['https://a.test/a.png'] },
		],
		[
			'a list in which an expression gave nothing, in JSON',
			json('={{ ({ image_urls: ["https://a.test/a.png", $json.nothing] }) }}'),
			{ prompt: 'a', image_urls: ['https://a.test/a.png'] },
		],
		[
			'a list in which an expression gave nothing, in the form',
			form({ image_urls: '={{ ["https://a.test/a.png", $json.nothing] }}' }),
			{ prompt: 'a', image_urls: ['https://a.test/a.png'] },
		],
		[
			'an address with blanks',
			form({ image_urls: 'https://a.test/my photo.png\nhttps://a.test/w_5,h_5/b.png' }),
			{
				prompt: 'a',
				image_urls: ['https://a.test/my%20photo.png', 'https://a.test/w_5,h_5/b.png'],
			},
		],
		[
			'a data URI with line breaks',
			form({ image_urls: `data:image/png;base64,${base64.replace(/.{76}/g, '$&\r\n')}` }),
			{ prompt: 'a', image_urls: [`data:image/png;base64,${base64}`] },
		],
	])('takes %s', async (_what, parameters, body) => {
		const run = await stage.run(
			'segmindGenerateImage',
			{ ...nano, prompt: 'a', ...parameters },
			{ items: await ready() },
		);

		expect(run.error).toBeUndefined();
		expect(sentBody()).toEqual(body);
	});

	it.each<[what: string, file: IDataObject]>([
		['without a type', { data: base64, fileName: 'a.png' }],
		['without type and name', { data: base64 }],
		['with a data URI as its content', { data: `data:image/png;base64,${base64}` }],
	])('takes a file of a Code node %s', async (_what, file) => {
		const run = await stage.run(
			'segmindGenerateImage',
			{ ...nano, prompt: 'a', ...files(row) },
			{ items: [made(file)] },
		);

		expect(run.error).toBeUndefined();
		expect(stage.sim.uploads).toMatchObject([{ contentType: 'image/png', bytes: 1000 }]);
		expect(sentBody()).toEqual({ prompt: 'a', image_urls: [stage.sim.uploads[0]!.url] });
	});

	const lost = 'returns nothing: n8n keeps the content of files out of expressions';

	it.each<[what: string, parameters: INodeParameters, message: string]>([
		[
			'a file’s content in the form',
			form({ image_urls: '={{ $binary.data.data }}' }),
			`The expression {{ $binary.data.data }} ${lost}`,
		],
		[
			'a file’s content within JSON',
			json('={ "image_urls": ["{{ $binary["data"].data }}"] }'),
			`The expression {{ $binary["data"].data }} ${lost}`,
		],
		[
			'a file’s content as the name of a field',
			files({ ...row, binaryField: '={{ $binary.data?.data }}' }),
			`The expression {{ $binary.data?.data }} ${lost}`,
		],
		[
			'n8n’s note of a file',
			form({ image_urls: '={{ $binary.data }}' }),
			'"image_urls" is n8n’s description of a file',
		],
		[
			'n8n’s note of a place',
			form({ image_urls: 'filesystem-v2:workflows/1' }),
			'"image_urls" is "filesystem-v2:workflows/1", n8n’s description of a file',
		],
		[
			'the name of a field for a file',
			form({ image_urls: 'data' }),
			'"image_urls" is "data", which is not a URL',
		],
		[
			'a path',
			json('{ "image_urls": ["https://a.test/a.png", "/tmp/a.png"] }'),
			'"image_urls" is "/tmp/a.png", a path on a computer',
		],
		[
			'a name that every object has',
			json('{ "constructor": 1 }'),
			'More Parameters (JSON): "constructor" cannot be the name of a field',
		],
		[
			'the prototype',
			json('{ "a": [{ "__proto__": 1 }] }'),
			'More Parameters (JSON): "__proto__" cannot be the name of a field',
		],
		[
			'a name that every object has, in the form',
			{
				parameters: {
					mappingMode: 'defineBelow',
					value: { constructor: 'a' },
					schema: [{ id: 'constructor' }],
				},
			} as unknown as INodeParameters,
			'Parameters: "constructor" cannot be the name of a field',
		],
		[
			'JSON with single quotation marks',
			json("{ 'seed': 1 }"),
			'More Parameters (JSON) is not valid JSON: single quotation marks, where JSON needs double ones (") (line 1, column 3',
		],
		[
			'an expression in a fixed field',
			json('{ "seed": {{ $json.seed }} }'),
			'switch the field from Fixed to Expression',
		],
	])('explains %s, and sends nothing', async (_what, parameters, message) => {
		const run = await stage.run(
			'segmindGenerateImage',
			{ ...nano, prompt: 'a', ...parameters },
			{ items: await ready() },
		);

		expect(run.error?.message).toContain(message);
		expect(run.error?.description).toMatch(/^Nothing was sent/);
		expect(stage.sim.requests).toEqual([]);
	});

	it('explains a file of a Code node without content', async () => {
		const run = await stage.run(
			'segmindGenerateImage',
			{ ...nano, prompt: 'a', ...files(row) },
			{ items: [made({ fileName: 'a.png' })] },
		);

		expect(run.error?.message).toBe('Input Files: the file in the field "data" has no content');
		expect(run.error?.description).toMatch(/^Nothing was sent\. A Code node must return/);
	});

	it('warns, where the model’s fields are not known for certain, of what can be no file', async () => {
		const run = await stage.run('segmindSubmitAsync', {
			...slug('bria-remove-background'),
			...json('{ "image": "data" }'),
		});

		expect(run.hints()).toMatchObject([
			{ message: expect.stringMatching(/^"image" is "data", which is not a URL/) },
		]);
	});

	it('does not fetch a file from a URL that is larger than Max File Size', async () => {
		const url = stage.sim.publish(fileOf('png', 5_000), 'a.png', 'image/png');
		const run = await stage.run('segmindGenerateImage', {
			...nano,
			prompt: 'a',
			...files({ ...row, source: 'url', url }),
			...options({ sendFilesAs: 'base64', maxFileSize: 0.001 }),
		});

		expect(run.error?.message).toBe(
			`The file at ${url} could not be fetched: it is larger than the allowed 0.001 MB`,
		);
		expect(stage.sim.jobs).toEqual([]);
	});
});
