import { SegmindFailure } from '../api/failure';
import { quote } from '../api/quote';
import { INPUT_FILES } from './inputFiles';

/**
 * Throws a failure for a name of a file's field beside an expression that returns nothing, such as "data {{ $json.url }}": n8n
 * adds what is dragged into the field to the name that is there, and the name alone may be another file than was meant.
 * @param value the parameter's value
 * @param typed gives the parameter as typed
 */
export function expectNoEmptyPart(value: unknown, typed: () => unknown): void {
	if (typeof value !== 'string') return;
	const name = value.trim();
	// Commas mark names that may be missing.
	if (!name || name === value || /^,|,$/.test(name)) return;
	const raw = typed();
	if (typeof raw !== 'string' || !raw.startsWith('=') || !raw.includes('{{')) return;
	const [before = '', ...expressions] = raw.slice(1).split('{{');
	const textAround = [before, ...expressions.map((text) => text.split('}}').slice(1).join())];
	if (!textAround.join('').trim()) return;
	throw new SegmindFailure(`${INPUT_FILES}: the expression beside ${quote(name)} returns nothing`, {
		description:
			'Nothing was sent. Input Data Field Name takes names of fields only. For the file of an earlier node, set Source to URL and drag url or file_name of that node there',
	});
}
