import bundled from './parameters.json';

/** One field of a model's request body, as the model's own API page documents it (segmind.com/models/{slug}/api). */
export interface ModelParameter {
	/** The API's own spelling. */
	name: string;
	type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
	required: boolean;
	/** What the API takes when the field is left out; never a mere sample value. */
	default?: string | number | boolean | unknown[];
	min?: number;
	max?: number;
	choices?: Array<string | number>;
	/** The page hides some of the choices, or real calls were seen with others: a value outside them may be right. */
	choicesOpen?: boolean;
	/** The text, or each text of the array, is the address of such a file. */
	media?: 'image' | 'video' | 'audio';
	/** A few words that the name, range and choices do not say. */
	description?: string;
}

export interface ParameterTable {
	/** The page was read in full and with high confidence: only then may a fact of this table stop an item. */
	trusted: boolean;
	/** The page's list of fields was seen to its end. */
	complete: boolean;
	parameters: ModelParameter[];
}

const tables = new Map(Object.entries(bundled as Record<string, ParameterTable>));

/** The documented fields of the model with exactly this slug, or undefined where no table is known. */
export function parameterTable(slug: string): ParameterTable | undefined {
	return tables.get(slug);
}
