import type { IExecuteFunctions } from 'n8n-workflow';

import { SegmindFailure } from '../api/failure';
import { shorten } from '../api/quote';

/** The parameters in which people put a file's content by mistake. */
const PARAMETERS = [
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

/** A value with this many base64 characters does hold a file, as in older versions of n8n. */
const BASE64 = /[A-Za-z0-9+/=_-]{64}/;

/**
 * Throws a failure, before anything is sent, for an expression that refers to a file's content: n8n gives expressions only
 * a file's description, so the field would silently be empty.
 */
export function expectNoFileExpression(context: IExecuteFunctions, itemIndex: number): void {
	for (const name of suspectParameters(context)) {
		const value = context.getNodeParameter(name, itemIndex, '') as unknown;
		const expression = emptyExpressionIn(rawParameter(context, name), value);
		if (expression === undefined) continue;
		throw new SegmindFailure(
			`The expression ${expression} returns nothing: n8n keeps the content of files out of expressions`,
			{
				description:
					'Nothing was sent. Choose the file in Input Files instead: enter the name of its field, such as data, in Input Data Field Name',
			},
		);
	}
}

const suspectsByContext = new WeakMap<IExecuteFunctions, string[]>();

/** The parameters with such an expression. Determined once per run, since expressions are the same for all items. */
function suspectParameters(context: IExecuteFunctions): string[] {
	const suspects =
		suspectsByContext.get(context) ??
		PARAMETERS.filter((name) => CONTENT.test(JSON.stringify(rawParameter(context, name)) ?? ''));
	suspectsByContext.set(context, suspects);
	return suspects;
}

function rawParameter(context: IExecuteFunctions, name: string): unknown {
	return (context.getNode().parameters as Record<string, unknown> | undefined)?.[name];
}

/** The expression for a file's content that yields none; undefined if there is none in the parameter. */
function emptyExpressionIn(raw: unknown, value: unknown): string | undefined {
	if (typeof raw === 'string') {
		const at = raw.startsWith('=') ? raw.search(CONTENT) : -1;
		return at < 0 || BASE64.test(JSON.stringify(value) ?? '') ? undefined : expressionAt(raw, at);
	}
	if (typeof raw !== 'object' || raw === null) return undefined;
	for (const [key, inner] of Object.entries(raw)) {
		const expression = emptyExpressionIn(
			inner,
			(value as Record<string, unknown> | undefined)?.[key],
		);
		if (expression) return expression;
	}
	return undefined;
}

/** The expression, with its braces, around a position in a parameter. */
function expressionAt(raw: string, at: number): string {
	const start = raw.lastIndexOf('{{', at);
	return shorten(raw.slice(Math.max(0, start), raw.indexOf('}}', at) + 2 || raw.length), 100);
}
