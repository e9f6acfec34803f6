/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { SegmindApi } from '../credentials/SegmindApi.credentials';
import packageJson from '../package.json';
import { root } from './docs/page';

// Rules that n8n's linter has in its repository but not yet in its published version. Source: docs/rules of
// @n8n/eslint-plugin-community-nodes; the page docs/verification.md says what the package does about the others.

/** Source: n8n's documentation, codex files, node categories. */
const CATEGORIES = [
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

const MAX_HINT = 120;

/** WCAG's contrast for graphics; n8n's rule warns below 1.5. */
const MIN_CONTRAST = 3;

const BACKGROUNDS = { light: '#ffffff', dark: '#2b2b2b' };

const nodes = packageJson.n8n.nodes.map((file) => {
	const [NodeClass] = Object.values(jest.requireActual(join(root, file))) as [new () => INodeType];
	return { file, className: NodeClass.name, ...new NodeClass().description };
});
const credential = new SegmindApi();

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** All parameters, those in collections and in the modes of a list too. */
function parametersOf(entries: Entry[]): INodeProperties[] {
	return entries.flatMap((entry) => {
		if ('values' in entry) return parametersOf(entry.values);
		if (!('type' in entry)) return [];
		return [entry, ...parametersOf(entry.options ?? [])];
	});
}

const parameters = [...nodes.flatMap(({ properties }) => properties), ...credential.properties];
const all = parametersOf(parameters);
const namesOf = (found: INodeProperties[]) => found.map(({ name }) => name);

it('the package is MIT licensed, and the only one of its repository', () => {
	expect(packageJson.license).toBe('MIT');
	expect(packageJson.repository).not.toHaveProperty('directory');
});

it.each(nodes.map((node) => [node.className, node] as const))('%s', (className, node) => {
	expect(basename(node.file)).toBe(`${className}.node.js`);
	expect(node.name).toBe(className[0]!.toLowerCase() + className.slice(1));
	expect(node.credentials).toHaveLength(1);
	expect(CATEGORIES).toEqual(expect.arrayContaining(node.codex!.categories!));
	expect(node.codex).not.toHaveProperty('subcategories');
	expect(node.defaults).not.toHaveProperty('color');
});

it('the credential is named after its class and its file', () => {
	expect(packageJson.n8n.credentials).toEqual([
		`dist/credentials/${SegmindApi.name}.credentials.js`,
	]);
	expect(SegmindApi.name).toMatch(/Api$/);
	expect(credential.name).toBe('segmindApi');
});

describe('each parameter', () => {
	it('has a default', () => {
		expect(all.length).toBeGreaterThan(150);
		expect(namesOf(all.filter((one) => !('default' in one)))).toEqual([]);
	});

	it('has a short hint, or none', () => {
		const hints = all.flatMap(({ hint = '', modes = [] }) => [
			hint,
			...modes.map((mode) => mode.hint ?? ''),
		]);
		expect(hints.filter((hint) => hint.length > MAX_HINT)).toEqual([]);
	});

	it('offers each choice once, without an asterisk', () => {
		const bad = all.filter(({ type, options = [] }) => {
			if (type !== 'options' && type !== 'multiOptions') return false;
			const names = options.map(({ name }) => name);
			const values = options.map((option) => 'value' in option && option.value);
			const isUnique = [names, values].every((list) => new Set(list).size === list.length);
			return !isUnique || names.some((name) => name.includes('*'));
		});
		expect(namesOf(bad)).toEqual([]);
	});
});

/** A colour's relative luminance (WCAG 2.2), from #rrggbb. */
function luminance(colour: string): number {
	const [red, green, blue] = [1, 3, 5].map((at) => {
		const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
	const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light! + 0.05) / (dark! + 0.05);
}

it('contrast is 21 between black and white, and 1 for a colour with itself', () => {
	expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
	expect(contrast('#4338ca', '#4338ca')).toBe(1);
});

it.each(['light', 'dark'] as const)('the icon is seen in the %s theme', (theme) => {
	const icons = nodes.map(({ file, icon }) => {
		const path = (icon as Record<typeof theme, string>)[theme].replace('file:', '');
		return join(root, dirname(file), path);
	});
	const [icon, ...others] = [...new Set(icons)];
	const colours = readFileSync(icon!, 'utf8').match(/#[0-9a-f]{6}\b/gi) ?? [];

	expect(others).toEqual([]);
	expect(
		Math.max(...colours.map((colour) => contrast(colour, BACKGROUNDS[theme]))),
	).toBeGreaterThan(MIN_CONTRAST);
});
