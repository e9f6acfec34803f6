/** The translation of a portable setting for one model. */
export interface Translation {
	/** Fields of the model. */
	fields: Record<string, string | number>;
	/** What was left out, or may differ from what was meant; the item continues. */
	hints: string[];
	/** Why a setting that affects the price cannot be honoured; the item stops. */
	problems: string[];
}

/** A setting honoured by these fields. */
export function translated(fields: Translation['fields'], hints: string[] = []): Translation {
	return { fields, hints, problems: [] };
}

/** A setting left out, with the reason as a sentence. */
export function omitted(hint: string): Translation {
	return { fields: {}, hints: [hint], problems: [] };
}

/** A setting that stops the item, with the reason as a sentence. */
export function unsupported(problem: string): Translation {
	return { fields: {}, hints: [], problems: [problem] };
}
