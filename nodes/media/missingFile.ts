import type { IBinaryData } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { quote } from '../api/quote';

const BRING_FILES =
	'put a node before this one that returns the file itself, such as HTTP Request with Response Format File';

/** The failure of an item without a single file. */
export function noFiles(label: string): SegmindFailure {
	return new SegmindFailure(`${label}: the item has no files`, {
		description: `Nothing was sent. To have some, ${BRING_FILES}`,
	});
}

/**
 * The failure of a file that the item does not have.
 * @param field what stands where the name of a field belongs
 * @param fieldNames the fields of the item that do have files
 * @param otherWay what a person may do instead of entering one of these names
 */
export function noSuchFile(
	field: unknown,
	label: string,
	fieldNames: readonly string[],
	otherWay?: string,
): SegmindFailure {
	const listed = [`Its files are in: ${fieldNames.join(', ')}`, otherWay].filter(Boolean);
	const advice = fieldNames.length ? listed.join('. ') : `The item has no files: ${BRING_FILES}`;
	const mistake = explainMistake(field);
	if (mistake) {
		return new SegmindFailure(`${label}: ${mistake.message}`, {
			description: `Nothing was sent. ${mistake.advice ?? advice}`,
		});
	}
	if ((field as Partial<IBinaryData> | null)?.mimeType !== undefined) {
		return new SegmindFailure(`${label}: the expression returns a file without its content`, {
			description: `Nothing was sent. This n8n keeps files in memory, where expressions only describe them: enter the name of the field instead. ${advice}`,
		});
	}
	return new SegmindFailure(`${label}: the item has no file in the field ${quote(field)}`, {
		description: `Nothing was sent. ${advice}`,
	});
}

/** What was entered instead of the name of a field with a file; undefined for a name that is merely unknown. */
function explainMistake(field: unknown): { message: string; advice?: string } | undefined {
	if (field === undefined || field === null || field === '') {
		return { message: 'the name of the input field with the file is missing' };
	}
	if (typeof field !== 'string') return undefined;
	const text = field.trim();
	const shown = quote(text);
	if (/^https?:/i.test(text)) {
		return {
			message: `${shown} is a URL, not the name of an input field`,
			advice: 'Set Source to URL and enter it there',
		};
	}
	// What is dragged into a field is added to what stands there.
	if (/\shttps?:\/\//i.test(text)) {
		return {
			message: `${shown} contains a URL, not only the name of an input field`,
			advice: 'Set Source to URL and drag or enter the URL there',
		};
	}
	if (/^data:/i.test(text)) {
		return {
			message: 'this is a data URI, not the name of an input field',
			advice: 'Put it into the model’s own field in Parameters instead',
		};
	}
	if (/^([a-z]:)?[/\\]|^file:/i.test(text)) {
		return {
			message: `${shown} is a path on a disk, not the name of an input field`,
			advice: 'Read the file with the node Read/Write Files from Disk before this one',
		};
	}
	return undefined;
}
