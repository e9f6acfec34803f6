import { addressList } from '../api/addressList';
import { badValue } from './value';

/**
 * The URLs in a parameter: one, or several as a list or in one text (lines, commas, JSON). A space in a URL is encoded,
 * as browsers do. Throws a failure for anything else, and if there is none.
 */
export function readUrls(label: string, value: unknown): string[] {
	const entries = [value].flat().flatMap((entry) => {
		return typeof entry === 'string' ? addressList(entry) : [entry];
	});
	if (!entries.length) throw badUrl(label, value);
	return entries.map((entry) => {
		const url = typeof entry === 'string' ? entry.replace(/ /g, '%20') : '';
		if (!/^https?:\/\/\S+$/i.test(url) || !URL.canParse(url)) throw badUrl(label, entry);
		return url;
	});
}

function badUrl(label: string, value: unknown): Error {
	return badValue(label, 'a web address that begins with https://', value ?? '');
}
