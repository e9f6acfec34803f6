import type { IDataObject } from 'n8n-workflow';

import { describe } from '../api/advice';
import { SegmindFailure } from '../api/failure';
import type { ParameterTable } from '../catalog/parameters';
import type { ModelCall } from '../jobs/modelCall';
import type { FileRow } from './fileRows';
import type { ItemOptions } from './itemOptions';
import type { TextSettings } from './textSettings';

/** Everything that one item gives to a text model. */
export interface TextInput {
	slug: string;
	name: string;
	table: ParameterTable | undefined;
	options: Pick<ItemOptions, 'sendFilesAs' | 'checkParameters'>;
	settings: TextSettings;
	/**
	 * Prompt, system message and settings by their usual names, then the form and JSON; later layers override earlier
	 * ones.
	 */
	fields: IDataObject;
	rows: readonly FileRow[];
}

/** The part of a call that depends on the format of its model. */
export type TextRequest = Pick<
	ModelCall,
	'body' | 'bodyWith' | 'inputFiles' | 'prompt' | 'warnings'
>;

/** The failure of an input without text. */
export function emptyPrompt({ slug, name }: TextInput, why = ''): SegmindFailure {
	return new SegmindFailure(`Prompt is empty, but ${name} needs text${why}`, {
		model: slug,
		...describe('Nothing was sent.', {
			person: 'Write a prompt, or correct the expression.',
			agent: 'Call again with a prompt.',
		}),
	});
}

/** A field in the text form in which it is sent; empty if not set. */
export function textOf(value: IDataObject[string]): string {
	return value === null || value === undefined || typeof value === 'object' ? '' : String(value);
}
