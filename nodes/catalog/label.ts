import type { ModelParameter } from './parameters';

/** Words of parameter names that are no plain English words. */
const WORDS: Record<string, string> = {
	img: 'Image',
	num: 'Number of',
	url: 'URL',
	urls: 'URLs',
	id: 'ID',
	ip: 'IP',
	cfg: 'CFG',
	crf: 'CRF',
	fps: 'FPS',
	lora: 'LoRA',
	garm: 'Garment',
	des: 'Description',
	bg: 'Background',
};

/**
 * A field's label for the form, with all that n8n's mapper has no other place for: "Guidance Scale (1–25, default 7.5)".
 * The editor cuts a long label at its end, so the short facts that everybody needs come first.
 */
export function fieldLabel(
	parameter: ModelParameter,
	notes: string[] = [],
	examples: ModelParameter['choices'] = [],
): string {
	const facts = [
		...notes,
		mediaText(parameter),
		rangeText(parameter),
		defaultText(parameter),
		parameter.description,
		examples.length > 0 && `e.g. ${examples.join(', ')}`,
	].filter((fact) => fact);
	const title = titleOf(parameter.name);
	return facts.length ? `${title} (${facts.join(', ')})` : title;
}

/** The range as in "1–25", "at least 0", "at most 9"; empty where the field has none. */
export function rangeText({ min, max }: Pick<ModelParameter, 'min' | 'max'>): string {
	if (min !== undefined && max !== undefined) return min < 0 ? `${min} to ${max}` : `${min}–${max}`;
	if (min !== undefined) return `at least ${min}`;
	return max === undefined ? '' : `at most ${max}`;
}

function titleOf(name: string): string {
	return name
		.split('_')
		.filter((word) => word)
		.map((word) =>
			Object.hasOwn(WORDS, word) ? WORDS[word] : `${word[0]?.toUpperCase()}${word.slice(1)}`,
		)
		.join(' ');
}

function mediaText({ type, media }: ModelParameter): string {
	if (!media) return '';
	return type === 'array' ? `${media} URL, or a JSON list of them` : `${media} URL`;
}

function defaultText({ name, default: value }: ModelParameter): string {
	if (value === undefined || typeof value === 'object') return '';
	// Documented for every model that takes it (Serverless API, "seed").
	if (name === 'seed' && value === -1) return 'default -1 = random';
	const text = String(value);
	return text && text.length <= 40 ? `default ${text}` : '';
}
