import type { ModelParameter, ParameterTable } from '../nodes/catalog/parameters';
import { mediaByName, wording } from './parameter-wording';

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

/** One model's table as the research file has it. */
export interface SourceTable {
	confidence: string;
	complete: boolean;
	parameters: SourceParameter[];
}

type Shape = Pick<ModelParameter, 'type' | 'media'>;

/** Every way the research file writes a type. */
const SHAPES = new Map<string, Shape>([
	['string', { type: 'string' }],
	['integer', { type: 'integer' }],
	['number', { type: 'number' }],
	['boolean', { type: 'boolean' }],
	['string (image URL, usually base64 also accepted)', { type: 'string', media: 'image' }],
	['string[] (URLs)', { type: 'array', media: 'image' }],
	['string[]', { type: 'array' }],
	// An array of one is right for both.
	['string or string[]', { type: 'array', media: 'image' }],
	['object[] {role, content}', { type: 'array' }],
	['object (preset {name} or custom {members[]})', { type: 'object' }],
	['integer (sample sends the string "5")', { type: 'integer' }],
	['array of URLs, or array of {video_url, order}; 2-10 items', { type: 'array', media: 'video' }],
]);

/** Confidences that begin with "high" but take the tail of the table back. */
const PARTLY = /tail truncated|high for messages/;

/** Descriptions that say that there are more choices than the listed ones. */
const HIDDEN_CHOICES = /hides|visible|truncated|value is shown|clients send/;

/** Reads one model's table. Throws for anything it does not understand. */
export function readTable(slug: string, source: SourceTable): ParameterTable {
	const parameters = source.parameters.map((row) => readParameter(slug, row));
	if (new Set(parameters.map(({ name }) => name)).size < parameters.length) {
		throw new Error(`${slug} has a parameter twice`);
	}
	const high = source.confidence.startsWith('high') && !PARTLY.test(source.confidence);
	const complete = source.complete && !source.confidence.includes('tail truncated');
	return { trusted: high && complete, complete, parameters };
}

function readParameter(slug: string, source: SourceParameter): ModelParameter {
	const where = `${slug}: ${source.name}`;
	const shape = SHAPES.get(source.type.replace(/\s+/g, ' ').trim());
	if (!/^\w+$/.test(source.name)) throw new Error(`${where} is not a parameter name`);
	if (!shape) throw new Error(`${where} has the unknown type ${source.type}`);
	if (typeof source.required !== 'boolean') throw new Error(`${where} lacks "required"`);
	const { min, max } = source;
	if (min !== undefined && max !== undefined && min > max) throw new Error(`${where}: min > max`);
	const initial = isSample(source.default) ? undefined : source.default;
	const choices = source.enum?.length ? source.enum : undefined;
	const choicesOpen = choices && hidesChoices(source, choices) ? true : undefined;
	if (choices && !choicesOpen && initial !== undefined && !choices.includes(initial as string)) {
		throw new Error(`${where}: the default is not among the choices`);
	}
	if (typeof initial === 'number' && (initial < (min ?? initial) || initial > (max ?? initial))) {
		throw new Error(`${where}: the default is out of range`);
	}
	const named = mediaByName[`${slug}/${source.name}`] ?? mediaByName[source.name];
	return {
		name: source.name,
		type: shape.type,
		required: source.required,
		default: initial,
		min,
		max,
		choices,
		choicesOpen,
		media: named ?? shape.media,
		description: wording[`${slug}/${source.name}`] ?? wording[source.name],
	};
}

/** "<sample URL>" and the like stand where the page shows a file of its own; null says nothing. */
function isSample(value: SourceParameter['default']): value is null | undefined {
	return value === null || (typeof value === 'string' && /^<.*>$/.test(value));
}

function hidesChoices(source: SourceParameter, choices: unknown[]): boolean {
	const description = source.description ?? '';
	const total = /(\d+) values/.exec(description)?.[1];
	return (
		HIDDEN_CHOICES.test(description) || (total !== undefined && Number(total) > choices.length)
	);
}
