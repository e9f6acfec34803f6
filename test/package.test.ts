/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import packageJson from '../package.json';
import { startEngine, type Engine } from './engine/engine';

const root = join(__dirname, '..');
const facts = packageJson as Record<string, unknown>;
const { n8n } = packageJson;

describe('package.json, as n8n’s review wants it', () => {
	it('brings nothing into n8n', () => {
		expect(facts).not.toHaveProperty('dependencies');
		expect(facts).not.toHaveProperty('optionalDependencies');
		expect(facts).not.toHaveProperty('bundledDependencies');
		expect(facts).not.toHaveProperty('overrides');
		expect(packageJson.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('runs nothing when it is installed', () => {
		const names = Object.keys(packageJson.scripts);
		expect(names.filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
	});

	it('is found, and may be used by everybody', () => {
		expect(packageJson.name).toBe('n8n-nodes-segmind');
		expect(packageJson.keywords).toContain('n8n-community-node-package');
		expect(packageJson.license).toBe('MIT');
		expect(packageJson.author.email).toMatch(/@/);
		expect(packageJson.files).toEqual(['dist']);
	});

	it('names what the build made', () => {
		expect(n8n.n8nNodesApiVersion).toBe(1);
		const paths = [...n8n.nodes, ...n8n.credentials];
		expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
	});

	it('names every node and credential there is', () => {
		const nodes = readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' });
		const built = nodes
			.filter((path) => path.endsWith('.node.ts'))
			.map((path) => `dist/nodes/${path.replace(/\.ts$/, '.js')}`);
		expect([...n8n.nodes].sort()).toEqual(built.sort());
		const credentials = readdirSync(join(root, 'credentials'));
		expect(n8n.credentials).toEqual(
			credentials.map((path) => `dist/credentials/${path.replace(/\.ts$/, '.js')}`),
		);
	});
});

describe('each node', () => {
	let engine: Engine;

	beforeAll(async () => (engine = await startEngine()));
	afterAll(async () => await engine.close());

	it.each(n8n.nodes.map((path) => [/(\w+)\.node\.js$/.exec(path)![1]!, path]))(
		'%s keeps the contract that saved workflows rely on',
		(className, path) => {
			const name = className.charAt(0).toLowerCase() + className.slice(1);
			const { description } = engine.registry.getByNameAndVersion(`n8n-nodes-segmind.${name}`);
			expect(description).toMatchObject({
				name,
				displayName: expect.stringMatching(/^Segmind /),
				version: 1,
				...(className.endsWith('Trigger') ? { polling: true } : { usableAsTool: true }),
				credentials: [{ name: 'segmindApi', required: true }],
				// Without `resources` n8n drops the whole codex.
				codex: { categories: expect.any(Array), resources: expect.any(Object) },
			});
			const icons = [...readFileSync(join(root, path), 'utf8').matchAll(/'file:([^']+\.svg)'/g)];
			expect(icons.length).toBeGreaterThanOrEqual(2);
			for (const [, icon] of icons) {
				expect(existsSync(join(root, dirname(path), icon!))).toBe(true);
			}
		},
	);

	it('has the names of the contract', () => {
		const names = n8n.nodes.map((path) => /(\w+)\.node\.js$/.exec(path)![1]);
		expect(names).toEqual([
			'SegmindGenerateImage',
			'SegmindGenerateVideo',
			'SegmindGenerateAudio',
			'SegmindGenerateText',
			'SegmindSubmitAsync',
			'SegmindCheckStatus',
			'SegmindUploadAsset',
			'SegmindGetCredits',
			'SegmindGetHistory',
			'SegmindRunPixelFlow',
			'SegmindTrigger',
		]);
	});
});

it('the nodes send only through n8n and read nothing of the machine', () => {
	const files = readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' });
	const imported = files
		.filter((path) => path.endsWith('.ts'))
		.flatMap((path) => {
			const source = readFileSync(join(root, 'nodes', path), 'utf8');
			return [...source.matchAll(/from '([^'.][^']*)'|require\('([^'.][^']*)'\)/g)].map(
				([, one, other]) => one ?? other,
			);
		});
	expect([...new Set(imported)].sort()).toEqual(['crypto', 'n8n-workflow']);
});
