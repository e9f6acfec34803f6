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
		`Model: "${value}" is not a model: choose one from the list, or give its slug like fast-flux-schnell, or the address of its page`;
	const noPage = (value: string) =>
		`Model: "${value}" is not the page of a Segmind model; such an address looks like https://www.segmind.com/models/fast-flux-schnell`;

	it.each<[what: string, parameters: INodeParameters, message: string | RegExp]>([
		['an empty model', slug(second(flux, '""')), 'Model: No model is chosen'],
		['a model of blanks', slug(second(flux, '"  "')), 'Model: No model is chosen'],
		['no model at all', slug(second(flux, 'undefined')), 'Model: No model is chosen'],
		['null as a model', slug(second(flux, 'null')), 'Model: No model is chosen'],
		['a list as a model', slug(second(flux, '["a"]')), /^Model: .*not a list/],
		['an object as a model', slug(second(flux, '({ a: 1 })')), /^Model: .*not a object/],
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
			'Prompt must be a text, but is {"text":"a red fox"}',
		],
		[
			'a list as a prompt',
			{ prompt: second('"a"', '["a"]') },
			'Prompt must be a text, but is ["a"]',
		],
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
			'File Name must be a text, but is {"a":1}',
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
