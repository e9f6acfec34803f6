/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import packageJson from '../../package.json';
import { readPage, root } from './page';

interface Workflow {
	on: { push?: { tags?: string[] } };
	jobs: Record<
		string,
		{
			permissions?: Record<string, string>;
			strategy?: { matrix: Record<string, unknown> };
			steps: Array<{ uses?: string; run?: string }>;
		}
	>;
}

const read = (file: string) => parse(readPage(`.github/${file}`)) as unknown;
const commands = ({ jobs }: Workflow, job: string) =>
	jobs[job]!.steps.flatMap(({ run }) => (run ? [run] : []));

it('CI runs all checks on every Node that is supported, and real n8n on its own', () => {
	const ci = read('workflows/ci.yml') as Workflow;

	expect(ci.jobs.test!.strategy!.matrix).toEqual({ node: [20, 22, 24, 26] });
	expect(packageJson.engines.node).toBe('>=20');
	expect(commands(ci, 'test')).toEqual(
		expect.arrayContaining([expect.stringMatching(/^npm ci/), 'npm test']),
	);
	expect(commands(ci, 'n8n').join()).toMatch(/npm run test:n8n/);
});

it('a release is published from a tag of its version, after all checks, with provenance', () => {
	const publish = read('workflows/publish.yml') as Workflow;
	const steps = commands(publish, 'publish');

	expect(publish.on).toEqual({ push: { tags: ['v*'] } });
	expect(publish.jobs.publish!.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
	expect(steps[0]).toMatch(/"\$TAG" = "v\$\(node -p .*version/);
	expect(steps.slice(-3)).toEqual([
		'npm test',
		'npm run check-package',
		'npm publish --provenance --access public',
	]);
});

it('dependencies are kept fresh, those of the workflows too', () => {
	const { updates } = read('dependabot.yml') as { updates: Array<Record<string, unknown>> };

	expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
});

interface Form {
	name: string;
	description: string;
	body: Array<{ type: string; id?: string; attributes: { label?: string; options?: unknown[] } }>;
}

const forms = readdirSync(join(root, '.github/ISSUE_TEMPLATE')).filter(
	(name) => name !== 'config.yml',
);

it.each(forms)('the issue form %s asks for the version', (file) => {
	const { name, description, body } = read(`ISSUE_TEMPLATE/${file}`) as Form;
	const ids = body.flatMap(({ id }) => id ?? []);

	expect(name && description).toBeTruthy();
	expect(ids).toContain('package-version');
	expect(new Set(ids).size).toBe(ids.length);
	expect(body.filter(({ type, attributes }) => type !== 'markdown' && !attributes.label)).toEqual(
		[],
	);
});

it('the form for bugs lists every node', () => {
	const { body } = read('ISSUE_TEMPLATE/bug.yml') as Form;
	const options = body.find(({ id }) => id === 'node')!.attributes.options as string[];
	const names = packageJson.n8n.nodes.map((path) => /(\w+)\.node\.js$/.exec(path)![1]!);

	expect(options.slice(0, -1).map((option) => option.replaceAll(' ', ''))).toEqual(names);
});
