import { formFields } from '../../nodes/catalog/form';
import { mainTextField } from '../../nodes/catalog/mainText';
import bundled from '../../nodes/catalog/parameters.json';
import { parameterTable, type ParameterTable } from '../../nodes/catalog/parameters';
import { seedTables } from './seedTables';

const formOf = (slug: string) => formFields(parameterTable(slug)!);
const field = (slug: string, id: string) => formOf(slug).find((one) => one.id === id)!;
const shown = (slug: string) => formOf(slug).flatMap(({ id, removed }) => (removed ? [] : [id]));

describe.each(Object.entries(seedTables))('the form of %s', (slug, rows) => {
	const fields = formOf(slug);
	const own = rows.filter(([name]) => name !== 'prompt');

	it('has exactly the documented fields but the prompt, required ones first, and shows those that hold no file', () => {
		const marked = own.filter(([, , mark]) => mark);
		const required = marked.map(([name]) => name);
		const plain = marked.filter(([, takes]) => !takes.startsWith('image')).map(([name]) => name);
		expect(fields.map(({ id }) => id).sort()).toEqual(own.map(([name]) => name).sort());
		expect(fields.slice(0, required.length).map(({ id }) => id)).toEqual(required);
		expect(shown(slug)).toEqual(plain);
	});

	it('has the right widget for each', () => {
		for (const [name, takes] of own) {
			const { type } = fields.find(({ id }) => id === name)!;
			const kind = takes.split(' ')[0]!;
			const numeric = kind === 'integer' || kind === 'number';
			const plain = kind === 'image' ? 'string' : numeric ? 'number' : kind;
			expect([name, type === 'options' || type === plain]).toEqual([name, true]);
		}
	});

	it('sends nothing that the user did not set', () => {
		for (const { defaultValue } of fields) expect(defaultValue).toBeUndefined();
	});
});

describe.each(Object.keys(bundled.tables))('the form of %s', (slug) => {
	const table = parameterTable(slug)!;
	const fields = formOf(slug);

	it('has every field except the main text, each once', () => {
		const main = mainTextField(table)?.name;
		const names = table.parameters.map(({ name }) => name).filter((name) => name !== main);
		expect(fields.map(({ id }) => id).sort()).toEqual(names.sort());
	});

	it('asks for no file: that is what Input Files is for', () => {
		const media = new Set(table.parameters.filter((one) => one.media).map(({ name }) => name));
		expect(shown(slug).filter((name) => media.has(name))).toEqual([]);
	});

	// n8n stops an item whose enforced field is empty, although a file or JSON may fill it past the form.
	it('makes no field mandatory in n8n, and sends no untouched switch', () => {
		expect(fields.filter(({ required }) => required)).toEqual([]);
		const switches = fields.filter(({ type, removed }) => type === 'boolean' && !removed);
		expect(switches.filter(({ defaultValue }) => defaultValue === undefined)).toEqual([]);
	});

	// n8n refuses any other value, shows an empty list in red, and a default that is not in the list too.
	it('has lists of choices only if complete, including the default', () => {
		for (const { id, type, options = [], defaultValue } of fields) {
			expect(['string', 'number', 'boolean', 'options']).toContain(type);
			if (type !== 'options') continue;
			expect([id, table.trusted, options.length > 0]).toEqual([id, true, true]);
			if (defaultValue !== undefined) {
				expect(options.map(({ value }) => value)).toContain(defaultValue);
			}
		}
	});
});

it('leaves out the main text, whatever the model calls it', () => {
	expect(formOf('sound-generation').map(({ id }) => id)).toEqual([
		'duration_seconds',
		'prompt_influence',
	]);
	expect(shown('runway-gen4-turbo')).toEqual([]);
});

it('marks fields that the page calls required with a star', () => {
	expect(field('instantid', 'face_image').displayName).toBe('Face Image URL *');
	expect(field('instantid', 'pose_image').displayName).toBe('Pose Image URL');
});

it('offers a closed list of choices as options, with values of their own type', () => {
	const ratio = field('fast-flux-schnell', 'aspect_ratio');
	expect(ratio.type).toBe('options');
	expect(ratio.options).toContainEqual({ name: '16:9', value: '16:9' });
	expect(field('segmind-vega', 'img_width').options).toEqual([{ name: '1024', value: 1024 }]);
});

it.each([
	['more choices exist than the page shows', 'segmind-vega', 'scheduler', 'string'],
	['the page was cut', 'veo-3.1', 'aspect_ratio', 'string'],
	['the page was cut, and the choices are numbers', 'pixverse-5-video', 'duration', 'number'],
])('accepts any value if %s', (_why, slug, id, type) => {
	expect(field(slug, id).type).toBe(type);
});

it('accepts lists, objects and URLs as text', () => {
	expect(field('nano-banana', 'image_urls').type).toBe('string');
	expect(field('ideogram-3', 'style_codes').type).toBe('string');
	expect(field('ideogram-3-remix', 'color_palette').type).toBe('string');
	expect(field('deepseek-chat', 'messages').type).toBe('string');
});

it('starts a required field with its documented default, and hides a required switch without one', () => {
	expect(field('qwen-image', 'steps').defaultValue).toBe(30);
	expect(field('background-eraser', 'return_mask').defaultValue).toBe(true);
	const table: ParameterTable = {
		trusted: true,
		complete: true,
		parameters: [{ name: 'flag', type: 'boolean', required: true }],
	};
	expect(formFields(table)).toMatchObject([{ removed: true, displayName: 'Flag *' }]);
});
