import { mediaByName } from '../nodes/catalog/mediaNames';
import type { ModelParameter, ParameterTable } from '../nodes/catalog/parameters';
import { MEDIA, NOT_REQUIRED, TYPES } from './corrections';

interface SourceParameter {
	name: string;
	type: string;
	required: boolean;
	default?: ModelParameter['default'] | null;
	min?: number;
	max?: number;
	enum?: Array<string | number>;
	description?: string;
}

/** One model's table in the research file. */
export interface SourceTable {
	/** Where it was read. */
	source: string;
	confidence: string;
	complete: boolean;
	notes?: string;
	parameters: SourceParameter[];
}

type Shape = Pick<ModelParameter, 'type' | 'media'>;

/** Every notation for types in the research file. */
const SHAPES = new Map<string, Shape>([
	['string', { type: 'string' }],
	['integer', { type: 'integer' }],
	['number', { type: 'number' }],
	['boolean', { type: 'boolean' }],
	['string (image URL, usually base64 also accepted)', { type: 'string', media: 'image' }],
	['string[] (URLs)', { type: 'array', media: 'image' }],
	['string[]', { type: 'array' }],
	// An array of one works for both.
	['string or string[]', { type: 'array', media: 'image' }],
	['object[] {role, content}', { type: 'array' }],
	['object (preset {name} or custom {members[]})', { type: 'object' }],
	['integer (sample sends the string "5")', { type: 'integer' }],
	['array of URLs, or array of {video_url, order}; 2-10 items', { type: 'array', media: 'video' }],
]);

/** Confidences that begin with "high" but exclude the end of the table. */
const PARTLY = /tail truncated|high for messages/;

/** Sources that list only the fields they use. */
const CLIENT_CODE = /^(public client|third-party|segmind\/segmind-|bratcliffe909|SDK)/;

/** Descriptions implying that there are more choices than listed. */
const HIDDEN_CHOICES = /hides|visible|truncated|value is shown|clients send/;

/** Reads one model's table. Throws for anything it does not understand. */
export function readTable(slug: string, source: SourceTable): ParameterTable {
	const parameters = chatFields(source).map((row) => readParameter(slug, row));
	if (new Set(parameters.map(({ name }) => name)).size < parameters.length) {
		throw new Error(`${slug} has a parameter twice`);
	}
	const high = source.confidence.startsWith('high') && !PARTLY.test(source.confidence);
	const complete =
		source.complete &&
		!source.confidence.includes('tail truncated') &&
		!CLIENT_CODE.test(source.source);
	return { trusted: high && complete, complete, parameters };
}

/** Pages of language models show only `messages`; Segmind's own SDK also sends these, with or without it. */
function chatFields({ notes = '', parameters }: SourceTable): SourceParameter[] {
	if (!notes.includes('SDK also sends prompt, instruction, temperature, max_tokens'))
		return parameters;
	const types = {
		prompt: 'string',
		instruction: 'string',
		temperature: 'number',
		max_tokens: 'integer',
	};
	return [
		...parameters.map((row) => ({ ...row, required: row.required && row.name !== 'messages' })),
		...Object.entries(types).map(([name, type]) => ({ name, type, required: false })),
	];
}

function readParameter(slug: string, source: SourceParameter): ModelParameter {
	const where = `${slug}/${source.name}`;
	const shape = SHAPES.get(source.type.replace(/\s+/g, ' ').trim());
	if (!/^\w+$/.test(source.name)) throw new Error(`${where} is not a parameter name`);
	if (!shape) throw new Error(`${where} has the unknown type ${source.type}`);
	if (typeof source.required !== 'boolean') throw new Error(`${where} lacks "required"`);
	const { min, max, description = '' } = source;
	if (min !== undefined && max !== undefined && min > max) throw new Error(`${where}: min > max`);
	const initial = isSample(source.default) ? undefined : source.default;
	const choices = source.enum?.length ? source.enum : undefined;
	const choicesOpen = choices && hidesChoices(description, choices) ? true : undefined;
	if (choices && !choicesOpen && initial !== undefined && !choices.includes(initial as string)) {
		throw new Error(`${where}: the default is not among the choices`);
	}
	if (typeof initial === 'number' && (initial < (min ?? initial) || initial > (max ?? initial))) {
		throw new Error(`${where}: the default is out of range`);
	}
	const step = /multiples? of (\d+)/.exec(description)?.[1];
	return {
		name: source.name,
		type: TYPES.get(where) ?? shape.type,
		required: source.required && !NOT_REQUIRED.has(where),
		default: initial,
		min,
		max,
		multipleOf: step ? Number(step) : undefined,
		choices,
		choicesOpen,
		media: MEDIA.has(where) ? MEDIA.get(where) : mediaOf(source.name, shape),
	};
}

/** The research file calls any list of URLs a list of images; plain text may be a URL too. */
function mediaOf(name: string, { type, media }: Shape): ModelParameter['media'] {
	const named = mediaByName(name);
	if (media) return type === 'array' && named ? named : media;
	return type === 'string' ? named : undefined;
}

/** "<sample URL>" and the like replace the page's sample files; null means nothing. */
function isSample(value: SourceParameter['default']): value is null | undefined {
	return value === null || (typeof value === 'string' && /^<.*>$/.test(value));
}

function hidesChoices(description: string, choices: unknown[]): boolean {
	const total = /(\d+) values/.exec(description)?.[1];
	return (
		HIDDEN_CHOICES.test(description) || (total !== undefined && Number(total) > choices.length)
	);
}
