import type { Media } from './mediaNames';
import bundled from './parameters.json';

/** One field of a model's request body, as the model's own API page documents it (segmind.com/models/{slug}/api). */
export interface ModelParameter {
	/** The API's own spelling. */
	name: string;
	/** 'array' is a list: of addresses where `media` is set, else of texts or objects. */
	type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
	/** The page calls it required, which it does not always mean. */
	required: boolean;
	/** What the API takes when the field is left out; never a mere sample value. */
	default?: string | number | boolean | unknown[];
	min?: number;
	max?: number;
	multipleOf?: number;
	choices?: Array<string | number>;
	/** The page hides some of the choices, or real calls were seen with others: a value outside them may be right. */
	choicesOpen?: boolean;
	/** The text, or each text of the list, is the address of such a file. */
	media?: Media;
}

export interface ParameterTable {
	/** The page was read in full and with high confidence: only then may a fact of this table stop an item. */
	trusted: boolean;
	/** The page's list of fields was seen to its end. */
	complete: boolean;
	parameters: ModelParameter[];
}

type StoredField = Omit<ModelParameter, 'required'> & { required?: true };

interface StoredTable {
	trusted?: true;
	complete?: true;
	/** A field of its own, or the key of one that several models have. */
	fields: Array<string | StoredField>;
}

const { shared, tables } = bundled as unknown as {
	shared: Record<string, StoredField>;
	tables: Record<string, StoredTable>;
};

const read = new Map<string, ParameterTable>();

/** The documented fields of the model with exactly this slug, or undefined where no table is known. */
export function parameterTable(slug: string): ParameterTable | undefined {
	if (!hasParameterTable(slug)) return undefined;
	const known = read.get(slug) ?? readTable(tables[slug] as StoredTable);
	read.set(slug, known);
	return known;
}

/** Whether a table is known of the model with exactly this slug. */
export function hasParameterTable(slug: string): boolean {
	return Object.hasOwn(tables, slug);
}

function readTable({ trusted, complete, fields }: StoredTable): ParameterTable {
	return {
		trusted: trusted === true,
		complete: complete === true,
		parameters: fields.map(readField),
	};
}

function readField(field: string | StoredField): ModelParameter {
	const stored = typeof field === 'string' ? (shared[field] as StoredField) : field;
	return { ...stored, required: stored.required === true };
}
