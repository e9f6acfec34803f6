/** What a portable setting becomes for one model. */
export interface Translation {
	/** Fields of the model. */
	fields: Record<string, string | number>;
	/** What was left out, or may not be what was meant; the item goes on. */
	hints: string[];
	/** Why the setting cannot be met although it changes what is paid; the item stops. */
	problems: string[];
}

/** A setting that is met by these fields. */
export function met(fields: Translation['fields'], hints: string[] = []): Translation {
	return { fields, hints, problems: [] };
}

/** A setting that is left out, with the reason as a sentence. */
export function leftOut(hint: string): Translation {
	return { fields: {}, hints: [hint], problems: [] };
}

/** A setting that stops the item, with the reason as a sentence. */
export function unmet(problem: string): Translation {
	return { fields: {}, hints: [], problems: [problem] };
}
