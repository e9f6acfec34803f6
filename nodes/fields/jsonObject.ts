import type { IDataObject } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { badValue } from './options';

/** Reads a JSON parameter, given as text or by an expression as an object; throws a failure for anything but an object. */
export function readJsonObject(label: string, json: unknown): IDataObject {
	if (json === null || json === undefined || json === '') return {};
	let value: unknown = json;
	if (typeof json === 'string') {
		if (!json.trim()) return {};
		try {
			value = JSON.parse(json) as unknown;
		} catch (thrown) {
			throw invalidJson(label, thrown as Error);
		}
	}
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw badValue(label, 'an object such as { "seed": 42 }', value);
	}
	return value as IDataObject;
}

function invalidJson(label: string, { message }: Error): SegmindFailure {
	return new SegmindFailure(`${label} is not valid JSON: ${message}`, {
		description: 'Nothing was sent. It must be an object such as { "seed": 42 }',
	});
}
