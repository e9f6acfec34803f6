import { fieldTitle } from './fieldTitle';
import { numberRange } from './numberRange';
import type { ModelParameter } from './parameters';

/** The editor truncates longer labels and shows the rest nowhere. */
const MAX_LABEL = 22;

/**
 * Labels for n8n's mapper, which has no other place for information: the name as a title, " URL" if a file's URL is
 * expected, the range if it fits, and a star if the model's page calls the field required. At most 22 characters each,
 * all distinct.
 */
export function fieldLabels(parameters: readonly ModelParameter[]): string[] {
	const taken = new Set<string>();
	return parameters.map((parameter) => {
		let label = labelOf(parameter);
		if (taken.has(label.toLowerCase())) label = shortened(parameter.name);
		for (let number = 2; taken.has(label.toLowerCase()); number++) {
			label = `${parameter.name.slice(0, 18)} ${number}`;
		}
		taken.add(label.toLowerCase());
		return label;
	});
}

function labelOf(parameter: ModelParameter): string {
	const star = parameter.required ? ' *' : '';
	const title = fieldTitle(parameter.name);
	const candidates = [`${withDetail(title, parameter)}${star}`, `${title}${star}`, title];
	return candidates.find((text) => text.length <= MAX_LABEL) ?? shortened(title);
}

function withDetail(title: string, { type, media, min, max }: ModelParameter): string {
	if (media) {
		if (/URLs?$/.test(title)) return title;
		return `${title.replace(/s$/, '')} ${type === 'array' ? 'URLs' : 'URL'}`;
	}
	if (min === undefined || max === undefined) return title;
	return `${title} (${numberRange({ min, max })})`;
}

/** Cuts the middle: the names of related fields differ at the end. */
function shortened(text: string): string {
	return text.length <= MAX_LABEL ? text : `${text.slice(0, 12)}…${text.slice(-9)}`;
}
