import type { IDataObject } from 'n8n-workflow';

import { describe } from '../api/advice';
import { SegmindFailure } from '../api/failure';
import { checkParameters, type Problem } from '../catalog/check';
import { mediaByName } from '../catalog/mediaNames';
import { mediaText, whyNotMedia } from '../catalog/mediaValue';
import { findModel } from '../catalog/models';
import type { ParameterTable } from '../catalog/parameters';
import type { InputFile } from '../media/inputFile';
import type { ItemOptions } from './itemOptions';

/** Placeholder for the URL of a file that is not uploaded yet. */
const PENDING_FILE = 'https://images.segmind.com/';

/**
 * The body with correctly typed values, and what does not fit the model's table. Throws a failure, before anything is
 * sent, for problems that the option Check Parameters treats as errors.
 */
export function checkedBody(
	slug: string,
	table: ParameterTable | undefined,
	body: IDataObject,
	inputFiles: InputFile[],
	{ mode, mainTextLabel }: { mode: ItemOptions['checkParameters']; mainTextLabel: string },
): { body: IDataObject; problems: Problem[] } {
	if (mode === 'off') return { body, problems: [] };
	if (!table) return likelyFiles(body);
	// The files' URLs are unknown until they are uploaded, but it is certain that they will be set.
	const files = Object.fromEntries(
		inputFiles.map(({ parameter, asList }) => [parameter, asList ? [PENDING_FILE] : PENDING_FILE]),
	);
	const modelName = findModel(slug)?.name ?? slug;
	const checked = checkParameters(table, { ...body, ...files }, { modelName, mainTextLabel });
	const problems = [...checked.problems, ...tooManyFiles(table, inputFiles)];
	const stopping = problems.filter(({ certain, fatal }) => fatal || (mode === 'error' && certain));
	if (stopping.length) {
		const lenientMode = stopping.some(({ fatal }) => fatal) ? 'Off' : 'Warn or Off';
		throw new SegmindFailure(stopping.map(({ message }) => message).join('; '), {
			model: slug,
			...describe('Nothing was sent.', {
				person: `Correct the field, or set the option Check Parameters to ${lenientMode}`,
				agent: 'Correct the field, then call again.',
			}),
		});
	}
	const withoutFiles = Object.entries(checked.body).filter(([name]) => !Object.hasOwn(files, name));
	return { body: Object.fromEntries(withoutFiles) as IDataObject, problems };
}

/** Without a table only the names tell which fields take files, so nothing is certain. */
function likelyFiles(body: IDataObject): { body: IDataObject; problems: Problem[] } {
	const problems: Problem[] = [];
	const fields = Object.entries(body).map(([name, value]) => {
		if (!mediaByName(name)) return [name, value] as const;
		const file = typeof value === 'string' ? mediaText(value) : value;
		const why = file === '' ? undefined : [file].flat().map(whyNotMedia).find(Boolean);
		if (why) problems.push({ parameter: name, message: `"${name}" ${why}`, certain: false });
		return [name, file] as const;
	});
	return { body: Object.fromEntries(fields) as IDataObject, problems };
}

function tooManyFiles({ parameters, trusted }: ParameterTable, inputFiles: InputFile[]): Problem[] {
	return parameters
		.filter(({ type }) => type !== 'array')
		.map(({ name }) => ({
			name,
			count: inputFiles.filter(({ parameter }) => parameter === name).length,
		}))
		.filter(({ count }) => count > 1)
		.map(({ name, count }) => ({
			parameter: name,
			message: `"${name}" takes one file, but Input Files has ${count} files for it`,
			certain: trusted,
		}));
}
