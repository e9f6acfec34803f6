import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { dataUri, fileOf } from './sampleFiles';
import { startStage, type Stage } from './stage';

let stage: Stage;

beforeAll(async () => (stage = await startStage()));
beforeEach(() => stage.sim.reset());
afterEach(() => expect(stage.sim.keyLeaks).toBe(0));
afterAll(async () => await stage.close());

const png = fileOf('png', 600);
const gif = fileOf('gif', 600);
const publish = (name: string, bytes = png, type = 'image/png') =>
	stage.sim.publish(bytes, name, type);

/** Runs a PixelFlow that ends with this output. */
async function run(output: unknown, parameters: INodeParameters = {}, more: IDataObject = {}) {
	stage.sim.script({
		path: /^\/workflows\/request\//,
		times: 99,
		answer: { body: { status: 'COMPLETED', output, ...more } },
	});
	return await stage.run('segmindRunPixelFlow', {
		workflow: { __rl: true, mode: 'id', value: '0123456789abcdef01234567-v1' },
		inputs: '{}',
		...parameters,
	});
}

const output = (keyname: string, type: unknown, data: unknown) => ({
	keyname,
	value: type === undefined ? data : { type, data },
});

describe('the files of an output arrive', () => {
	it.each<[what: string, make: () => unknown, fields: string[]]>([
		[
			'a list of addresses',
			() => output('Pictures', 'image', [publish('a.png'), publish('b.png')]),
			['Pictures', 'Pictures_2'],
		],
		[
			'an object with an address',
			() => output('Picture', 'image', { url: publish('a.png') }),
			['Picture'],
		],
		['a data URI', () => output('Picture', 'image', dataUri(png, 'image/png')), ['Picture']],
		['base64', () => output('Picture', 'image', png.toString('base64')), ['Picture']],
		['the type gif', () => output('Moving', 'gif', publish('a.gif', gif, 'image/gif')), ['Moving']],
		['an address without a type', () => output('Scene', undefined, publish('a.png')), ['Scene']],
		[
			'an address of an unknown type',
			() => output('Scene', 'hologram', publish('a.png')),
			['Scene'],
		],
		['an address in a list of addresses', () => publish('a.png'), ['output_1']],
	])('%s', async (_what, make, fields) => {
		const made = await run(JSON.stringify([make()]));

		expect(made.error).toBeUndefined();
		const [item] = made.items();
		expect(Object.keys(item?.binary ?? {})).toEqual(fields);
		expect((item?.json.files as IDataObject[]).map(({ binary_field: field }) => field)).toEqual(
			fields,
		);
		expect(JSON.stringify(item?.json)).not.toContain(png.toString('base64').slice(0, 60));
	});

	it('and "outputs" holds a list of several URLs, and null for a file that came without one', async () => {
		const urls = ['a.png', 'b.png', 'c.png'].map((name) => publish(name));
		const made = await run(
			[
				output('Pictures', 'image', urls),
				output('Poster', 'image', dataUri(png, 'image/png')),
				output('Caption', 'text', 'A fox'),
			],
			{ download: false },
		);

		const [item] = made.items();
		expect(item?.json.outputs).toEqual({ Pictures: urls, Poster: null, Caption: 'A fox' });
		expect(item?.json.files).toMatchObject([
			...urls.map((url) => ({ key: 'Pictures', url })),
			{ key: 'Poster', url: null, binary_field: 'Poster' },
		]);
		expect(Object.keys(item?.binary ?? {})).toEqual(['Poster']);
	});

	it('including those outside the list of outputs', async () => {
		const url = publish('b.png');
		const made = await run([output('Caption', 'text', 'A fox')], {}, { images: [{ url }] });

		expect(made.items()[0]?.json.outputs).toEqual({ Caption: 'A fox', image: url });
		expect(Object.keys(made.items()[0]?.binary ?? {})).toEqual(['image']);
	});

	it('except that a URL in a text output stays text', async () => {
		const url = publish('a.png');
		const made = await run([output('Link', 'text', url)]);

		expect(made.items()[0]?.json).toMatchObject({ outputs: { Link: url }, files: [] });
		expect(made.items()[0]?.binary).toBeUndefined();
	});
});

describe('a PixelFlow without its result fails', () => {
	it.each([
		['an empty text', output('Film', 'video', '')],
		['null', output('Film', 'video', null)],
		['words', output('Film', 'video', 'could not be made')],
		['an empty list', output('Film', 'image', [])],
	])('an output declared as media that holds %s', async (_what, film) => {
		const url = publish('a.png');
		const made = await run([output('Picture', 'image', url), film]);

		expect(made.error?.message).toMatch(/^Segmind ended the run without a file in "Film"/);
		expect(made.error?.description).toContain(`Its other files: ${url}`);
		expect(made.items()).toEqual([]);
	});

	it.each(['', '[]', null])('no output at all: %j', async (nothing) => {
		const made = await run(nothing);
		expect(made.error?.message).toMatch(/^Segmind ended the run without a result/);
	});
});
