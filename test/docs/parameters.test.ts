import type { INodeProperties } from 'n8n-workflow';
import { SegmindApi } from '../../credentials/SegmindApi.credentials';
import { SegmindCheckStatus } from '../../nodes/SegmindCheckStatus/SegmindCheckStatus.node';
import { SegmindGenerateAudio } from '../../nodes/SegmindGenerateAudio/SegmindGenerateAudio.node';
import { SegmindGenerateImage } from '../../nodes/SegmindGenerateImage/SegmindGenerateImage.node';
import { SegmindGenerateVideo } from '../../nodes/SegmindGenerateVideo/SegmindGenerateVideo.node';
import { SegmindGenerateText } from '../../nodes/SegmindGenerateText/SegmindGenerateText.node';
import { SegmindGetCredits } from '../../nodes/SegmindGetCredits/SegmindGetCredits.node';
import { SegmindGetHistory } from '../../nodes/SegmindGetHistory/SegmindGetHistory.node';
import { SegmindRunPixelFlow } from '../../nodes/SegmindRunPixelFlow/SegmindRunPixelFlow.node';
import { SegmindSubmitAsync } from '../../nodes/SegmindSubmitAsync/SegmindSubmitAsync.node';
import { SegmindTrigger } from '../../nodes/SegmindTrigger/SegmindTrigger.node';
import { SegmindUploadAsset } from '../../nodes/SegmindUploadAsset/SegmindUploadAsset.node';
import { readPage, tables } from './page';

const HEADINGS = ['Parameter', 'Internal name', 'Type', 'Default', 'What it does'];

const PAGES: Array<[page: string, title: string, properties: INodeProperties[]]> = [
	...[
		new SegmindGenerateImage(),
		new SegmindGenerateVideo(),
		new SegmindGenerateAudio(),
		new SegmindGenerateText(),
		new SegmindSubmitAsync(),
		new SegmindCheckStatus(),
		new SegmindUploadAsset(),
		new SegmindGetCredits(),
		new SegmindGetHistory(),
		new SegmindRunPixelFlow(),
		new SegmindTrigger(),
	].map(({ description: { displayName, properties } }): (typeof PAGES)[number] => [
		`docs/${displayName.replace('Segmind ', '').replace(' ', '-').toLowerCase()}.md`,
		displayName,
		properties,
	]),
	['docs/credential.md', 'Segmind API credential', new SegmindApi().properties],
];

/** The pages' names for n8n's types. */
const TYPES: Partial<Record<INodeProperties['type'], string>> = {
	string: 'text',
	number: 'number',
	boolean: 'switch',
	dateTime: 'date',
	options: 'choice',
	json: 'JSON',
	resourceLocator: 'selection',
	resourceMapper: 'form',
	fixedCollection: 'rows',
	collection: 'settings',
};

interface Documented {
	name: string;
	title: string;
	type: string;
	default: string;
	choices: string[];
}

/** The description's parameters as the page must list them, nested ones after their collection. */
function expected(properties: INodeProperties[], prefix = ''): Documented[] {
	// A notice is only words.
	const parameters = properties.filter(({ type }) => type !== 'notice');
	return parameters.flatMap((property) => [
		{
			name: prefix + property.name,
			title: property.displayName,
			type: typeText(property),
			default: defaultText(property),
			choices: choicesOf(property),
		},
		...nested(property, prefix + property.name),
	]);
}

function nested({ type, options = [] }: INodeProperties, path: string): Documented[] {
	if (type === 'collection') return expected(options as INodeProperties[], `${path}.`);
	if (type !== 'fixedCollection') return [];
	return options.flatMap((group) =>
		'values' in group ? expected(group.values, `${path}.${group.name}.`) : [],
	);
}

/** The name of the first entry in a dynamically loaded list. */
const AUTOMATIC = 'Automatic';

/** Choices that n8n loads from the node when the list is opened. */
function isAskedFor({ type, typeOptions }: INodeProperties): boolean {
	return type === 'options' && typeOptions?.loadOptionsMethod !== undefined;
}

function typeText(property: INodeProperties): string {
	const { type, typeOptions: { minValue, maxValue } = {} } = property;
	if (isAskedFor(property)) return 'list';
	const word = TYPES[type] ?? `no word for ${type}`;
	if (minValue === undefined) return word;
	return maxValue === undefined
		? `${word}, ${minValue} or more`
		: `${word}, ${minValue} to ${maxValue}`;
}

function choicesOf(property: INodeProperties): string[] {
	const { type, options = [], modes = [] } = property;
	if (isAskedFor(property)) return [`${AUTOMATIC} = `];
	if (type === 'resourceLocator') return modes.map(({ displayName }) => displayName).sort();
	if (type !== 'options') return [];
	return options
		.map((option) => ('value' in option ? `${option.name} = ${String(option.value)}` : ''))
		.sort();
}

function defaultText(property: INodeProperties): string {
	const { type, default: value, options = [] } = property;
	if (isAskedFor(property)) return value === '' ? AUTOMATIC : '?';
	if (type === 'boolean') return value ? 'on' : 'off';
	if (type === 'options') {
		return options.find((option) => 'value' in option && option.value === value)?.name ?? '?';
	}
	if (type === 'resourceLocator') {
		const { cachedResultName, value: chosen } = value as Record<string, string>;
		return cachedResultName ?? (chosen || 'empty');
	}
	if (typeof value === 'object') return 'empty';
	return value === '' ? 'empty' : String(value).replace(/^=/, '');
}

function documented(page: string): Documented[] {
	return tables(readPage(page), HEADINGS).map((row) => {
		const text = row['What it does']!;
		// **Name** (`value`), or (empty): a choice. **Name** takes ..., **Name** is searched ...: a way to select.
		const choices = [...text.matchAll(/\*\*([^*]+)\*\* \((?:`([^`]+)`|empty)\)/g)];
		const ways = [...text.matchAll(/\*\*([^*]+)\*\* (?:takes|is searched)/g)];
		return {
			name: row['Internal name']!.replaceAll('`', ''),
			title: row.Parameter!,
			type: row.Type!,
			default: row.Default!.replaceAll('`', ''),
			choices: [
				...choices.map(([, name, value = '']) => `${name} = ${value}`),
				...(row.Type === 'selection' ? ways.map(([, name]) => name!) : []),
			].sort(),
		};
	});
}

const byName = (one: Documented, other: Documented) => (one.name < other.name ? -1 : 1);

describe.each(PAGES)('%s', (page, title, properties) => {
	it('has the name of what it describes', () => {
		expect(readPage(page)).toMatch(new RegExp(`^# ${title}\n`));
	});

	it('states every parameter and no other, with its name, type, default, limits and choices', () => {
		const stated = documented(page).sort(byName);

		expect(stated.length).toBeGreaterThan(1);
		expect(stated).toEqual(expected(properties).sort(byName));
	});
});
