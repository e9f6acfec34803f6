/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { whyNot } from '../../scripts/complaint';
import { prepareFolder, writeNewFile } from '../../scripts/output-folder';
import { readOptions } from '../../scripts/start-options';
import { itemsForSegmind, loadWorkflow } from '../../scripts/start-workflow';

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'start-test-'));
});

afterEach(async () => await rm(folder, { recursive: true }));

describe('the command line of npm start', () => {
	it('takes prompts and options in any order', () => {
		const options = readOptions(['a fox', '--model', 'segmind-vega', 'a lake', '--out', '/x']);

		expect(options).toMatchObject({
			prompts: ['a fox', 'a lake'],
			model: 'segmind-vega',
			out: '/x',
			help: false,
		});
		expect(options.workflow).toMatch(/text-to-image\.json$/);
	});

	it.each([
		[['--nonsense'], "Unknown option '--nonsense'; see --help"],
		[['--model'], "Option '--model <value>' argument missing; see --help"],
		[['--model='], '--model needs a value; see --help'],
		[['a fox', ' '], 'A prompt is empty; see --help'],
	])('refuses %j in one line', (args, message) => {
		expect(() => readOptions(args)).toThrow(message);
	});
});

describe('the workflow', () => {
	const load = async (...args: string[]) => await loadWorkflow(readOptions(args));

	it('takes the prompts and the model of the command line', async () => {
		const { nodes } = await load('a "red" fox', 'a lake', '--model', 'segmind-vega');
		const byName = Object.fromEntries(nodes.map((node) => [node.name, node]));

		expect(byName.Prompts?.parameters).toMatchObject({
			assignments: { assignments: [{ value: '["a \\"red\\" fox","a lake"]' }] },
		});
		expect(byName['Generate Image']?.parameters?.model).toEqual({
			__rl: true,
			mode: 'slug',
			value: 'segmind-vega',
		});
	});

	it('knows how many items come to a node of Segmind', async () => {
		const workflow = await load();

		expect(itemsForSegmind(workflow, 'One item per prompt', [[1, 2, 3]])).toBe(3);
		expect(itemsForSegmind(workflow, 'Prompts', [[1]])).toBe(0);
	});

	it.each([
		['{', 'is not an n8n workflow in JSON'],
		['{"nodes": []}', 'is not an n8n workflow in JSON'],
		['[1]', 'is not an n8n workflow in JSON'],
	])('refuses the file %s', async (text, message) => {
		const file = join(folder, 'w.json');
		await writeFile(file, text);

		await expect(load('--workflow', file)).rejects.toThrow(message);
	});

	it('says when there is no such file, or nothing in it to change', async () => {
		const file = join(folder, 'w.json');
		await expect(load('--workflow', file)).rejects.toThrow(/Cannot read .* no such file/);

		const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
		await writeFile(file, JSON.stringify({ nodes: [start], connections: {} }));
		await expect(load('--workflow', file, 'a fox')).rejects.toThrow(/no Edit Fields node/);
		await expect(load('--workflow', file, '--model', 'x')).rejects.toThrow(/for --model/);
	});
});

describe('the output folder', () => {
	it('is made and left as it was', async () => {
		const inner = join(folder, 'a', 'b');
		await prepareFolder(inner);

		expect(await readdir(inner)).toEqual([]);
	});

	it('is refused where a file is in the way', async () => {
		await writeFile(join(folder, 'file'), '');

		await expect(prepareFolder(join(folder, 'file'))).rejects.toThrow(/a file is in the way/);
		await expect(prepareFolder(join(folder, 'file', 'x'))).rejects.toThrow(/not a folder/);
	});

	it('tells of a full disk in words', async () => {
		const error: unknown = await writeFile('/dev/full', 'x').catch((thrown: unknown) => thrown);

		expect(whyNot(error)).toBe('the disk is full');
	});

	it('keeps what is there', async () => {
		const write = async (text: string) =>
			basename(await writeNewFile(folder, 'fox.png', Buffer.from(text)));

		expect([await write('1'), await write('2'), await write('3')]).toEqual([
			'fox.png',
			'fox-2.png',
			'fox-3.png',
		]);
		expect(await readFile(join(folder, 'fox.png'), 'utf8')).toBe('1');
	});
});
