import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { fieldTitle } from './fieldTitle';
import { fileFields, type FileField } from './fileRoles';
import { knownFields } from './knownFields';
import { readModelSlug } from './modelSlug';

/** Maximum number of titles in a row of the list. */
const MAX_TITLES = 3;

/**
 * The file fields of the chosen model, preceded by Automatic, which says what it will do where several fields qualify.
 * @param current the row's current value, always offered: with a model from an expression nothing is known before a run
 */
export async function fileFieldList(
	context: ILoadOptionsFunctions,
	model: unknown,
	current: unknown,
): Promise<INodePropertyOptions[]> {
	const reading = readModelSlug(model);
	const table = 'slug' in reading ? await knownFields(context, reading.slug) : undefined;
	const fields = table ? fileFields(table) : [];
	const listed = fields.map(({ name }) => ({
		name: fieldTitle(name),
		value: name,
		description: name,
	}));
	const isListed = table || typeof current !== 'string' || !current;
	return [
		{ name: automaticText(fields), value: '' },
		...listed,
		...(isListed ? [] : [{ name: current, value: current }]),
	];
}

/** "Automatic: Source Image, then Target Image" where two fields could take the first file. */
function automaticText(fields: readonly FileField[]): string {
	const [first, ...others] = fields.filter(({ isMask }) => !isMask);
	const rivals = others.filter(({ media }) => media === first?.media);
	if (!first || !rivals.length) return 'Automatic';
	const titles = [first, ...rivals].slice(0, MAX_TITLES).map(({ name }) => fieldTitle(name));
	return `Automatic: ${titles.join(', then ')}`;
}
