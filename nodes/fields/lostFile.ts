import type { IExecuteFunctions } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { shorten } from '../api/quote';

/** The parameters in which a file's content may be put by mistake. */
const PLACES = [
	'prompt',
	'systemMessage',
	'parameters',
	'inputFiles',
	'inputs',
	'options',
	'binaryFields',
	'urls',
	'dataUris',
];

/** An expression for a file's content, such as $binary.data.data or $('Form').item.binary["photo"].data. */
const CONTENT =
	/(?<=\$|\bitem\??\.|\)\??\.|\]\??\.)binary(?:\??\.[\w$]{1,100}|(?:\?\.)?\[[^\]]{1,100}\])\??\.data(?![\w$])/;

/** What has as many characters of base64 holds a file after all, as in n8n's older versions. */
const BASE64 = /[A-Za-z0-9+/=_-]{64}/;

/**
 * Throws a failure, before anything is sent, for an expression that names a file's content: n8n gives expressions only
 * a file's description, so the field would silently be empty.
 */
export function expectNoLostFile(context: IExecuteFunctions, itemIndex: number): void {
	for (const name of placesOf(context)) {
		const value = context.getNodeParameter(name, itemIndex, '') as unknown;
		const expression = lostIn(rawParameter(context, name), value);
		if (expression === undefined) continue;
		throw new SegmindFailure(
			`The expression ${expression} gives nothing: n8n keeps the content of files out of expressions`,
			{
				description:
					'Nothing was sent. Choose the file in Input Files instead: Input Data Field Name takes the name of its field, such as data',
			},
		);
	}
}

const known = new WeakMap<IExecuteFunctions, string[]>();

/** Looked for once per run: expressions are the same for all items. */
function placesOf(context: IExecuteFunctions): string[] {
	const places =
		known.get(context) ??
		PLACES.filter((name) => CONTENT.test(JSON.stringify(rawParameter(context, name)) ?? ''));
	known.set(context, places);
	return places;
}

function rawParameter(context: IExecuteFunctions, name: string): unknown {
	return (context.getNode().parameters as Record<string, unknown> | undefined)?.[name];
}

/** The expression for a file's content whose value has none. */
function lostIn(raw: unknown, value: unknown): string | undefined {
	if (typeof raw === 'string') {
		const at = raw.startsWith('=') ? raw.search(CONTENT) : -1;
		return at < 0 || BASE64.test(JSON.stringify(value) ?? '') ? undefined : expressionAt(raw, at);
	}
	if (typeof raw !== 'object' || raw === null) return undefined;
	for (const [key, inner] of Object.entries(raw)) {
		const lost = lostIn(inner, (value as Record<string, unknown> | undefined)?.[key]);
		if (lost) return lost;
	}
	return undefined;
}

/** The expression with its braces around a place in a parameter. */
function expressionAt(raw: string, at: number): string {
	const start = raw.lastIndexOf('{{', at);
	return shorten(raw.slice(Math.max(0, start), raw.indexOf('}}', at) + 2 || raw.length), 100);
}
