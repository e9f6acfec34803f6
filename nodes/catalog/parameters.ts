import type { Media } from './mediaNames';
import bundled from './parameters.json';

/** One field of a model's request body, as documented on the model's API page (segmind.com/models/{slug}/api). */
export interface ModelParameter {
	/** As spelled by the API. */
	name: string;
	/** 'array' is a list: of URLs if `media` is set, else of strings or objects. */
	type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
	/** The page calls it required, which is not always true. */
	required: boolean;
	/** What the API uses if the field is left out; never a mere sample value. */
	default?: string | number | boolean | unknown[];
	min?: number;
	max?: number;
	multipleOf?: number;
	choices?: Array<string | number>;
	/** The page hides some of the choices, or others were seen in real calls: a value outside them may be valid. */
	choicesOpen?: boolean;
	/** The text, or each text in the list, is the URL of such a file. */
	media?: Media;
}

export interface ParameterTable {
	/** The page was read in full and with high confidence: only then may this table stop an item. */
	trusted: boolean;
	/** The page's list of fields was read to its end. */
	complete: boolean;
	parameters: ModelParameter[];
}

type StoredField = Omit<ModelParameter, 'required'> & { required?: true };

interface StoredTable {
	trusted?: true;
	complete?: true;
	/** An inline field, or the key of a shared one. */
	fields: Array<string | StoredField>;
}

const { shared, tables } = bundled as unknown as {
	shared: Record<string, StoredField>;
	tables: Record<string, StoredTable>;
};

const parsedTables = new Map<string, ParameterTable>();

/** The documented fields of the model with exactly this slug, or undefined without a table. */
export function parameterTable(slug: string): ParameterTable | undefined {
	if (!hasParameterTable(slug)) return undefined;
	const table = parsedTables.get(slug) ?? readTable(tables[slug] as StoredTable);
	parsedTables.set(slug, table);
	return table;
}

/** Whether there is a table for the model with exactly this slug. */
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
