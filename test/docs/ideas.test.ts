import { findModel } from '../../nodes/catalog/models';
import { localLinks, readPage } from './page';

interface Idea {
	heading: string;
	template: string;
	models: string[];
	price: number;
}

interface Template {
	nodes: Array<{ type: string; parameters: { model?: { value: string } } }>;
}

const ideas = readPage('docs/ideas.md')
	.split(/^## /m)
	.slice(1)
	.map((text): Idea => {
		const line = (name: string) =>
			new RegExp(`^- \\*\\*${name}\\*\\*: (.+)$`, 'm').exec(text)?.[1] ?? '';
		return {
			heading: text.split('\n')[0]!,
			template: /\(\.\.\/(templates\/[\w-]+\.json)\)/.exec(line('Template'))?.[1] ?? '',
			models: line('Models').split(', '),
			price: Number(/^about \$([\d.]*\d)/.exec(line('Price'))?.[1]),
		};
	});

it('there are ten, each with a template of its own', () => {
	expect(ideas.map(({ heading }) => Number.parseInt(heading, 10))).toEqual(
		Array.from({ length: 10 }, (_, index) => index + 1),
	);
	expect(new Set(ideas.map(({ template }) => template)).size).toBe(10);
	const targets = localLinks('docs/ideas.md').map(({ target }) => target);
	expect(targets).toEqual(expect.arrayContaining(ideas.map(({ template }) => template)));
});

describe.each(ideas)('$heading', ({ template, models, price }) => {
	const { nodes } = JSON.parse(readPage(template)) as Template;
	const segmind = nodes.filter(({ type }) => type.startsWith('n8n-nodes-segmind.'));
	const used = segmind.flatMap(({ parameters }) => parameters.model?.value ?? []);
	const ours = used.flatMap((slug) => findModel(slug) ?? []);

	it('names the models of its template', () => {
		expect(models).toEqual([...new Set(ours.map(({ name }) => name))]);
	});

	it('says what one pass costs, within a tenth', () => {
		const sum = ours.reduce((total, { averageCostUsd }) => total + (averageCostUsd ?? 0), 0);
		expect(Math.abs(price - sum)).toBeLessThan(sum / 10);
	});
});
