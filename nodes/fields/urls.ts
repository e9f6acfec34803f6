import { addressList } from '../api/addressList';
import { badValue } from './value';

/**
 * The web addresses that a parameter holds: one, or several as a list or in one text (lines, commas, JSON). A blank in an
 * address is encoded, as a browser does. Throws a failure for anything else, and for none at all.
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
