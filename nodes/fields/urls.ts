import { addressList } from '../api/addressList';
import { SegmindFailure } from '../api/failure';
import { hasUnevaluatedExpression, UNEVALUATED } from './unevaluatedExpression';
import { badValue } from './value';

/**
 * The URLs in a parameter: one, or several as a list or in one text (lines, commas, JSON). A space in a URL is encoded,
 * as browsers do. Throws a failure for anything else, and if there is none.
 */
export function readUrls(label: string, value: unknown): string[] {
	const values = [value].flat();
	const gap = values.findIndex((entry) => entry === undefined || entry === null || entry === '');
	if (gap >= 0 && values.length > 1) throw badEntry(label, gap + 1);
	const entries = values.flatMap((entry) => {
		return typeof entry === 'string' ? addressList(entry) : [entry];
	});
	if (!entries.length) throw badUrl(label, value);
	return entries.map((entry) => {
		const url = typeof entry === 'string' ? entry.replace(/ /g, '%20') : '';
		if (!/^https?:\/\/[^\s<>]+$/i.test(url) || !URL.canParse(url)) throw badUrl(label, entry);
		if (hasUnevaluatedExpression(url)) throw badUrl(label, entry, UNEVALUATED);
		return url;
	});
}

function badUrl(label: string, value: unknown, advice?: string): Error {
	return badValue(label, 'a URL that begins with https://', value ?? '', advice);
}

function badEntry(label: string, position: number): Error {
	return new SegmindFailure(`${label}: the list has no URL at position ${position}`, {
		description:
			'Nothing was sent. Correct the expression; to skip what is missing, add .filter(Boolean) to the list',
	});
}
