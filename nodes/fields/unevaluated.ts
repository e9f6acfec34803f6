import type { IDataObject } from 'n8n-workflow';

/** Advice for an expression that reached the node as it was typed. */
export const UNEVALUATED =
	'It holds an expression that n8n has not evaluated: switch the field from Fixed to Expression';

/** How much of a text is searched, in characters: it may be a whole file. */
const MAX_SEARCHED = 20_000;

/** Whether a text holds one of n8n's expressions as it was typed, such as {{ $json.url }}; a mere {{name}} is no such. */
export function isUnevaluated(text: string): boolean {
	return /\{\{(?:\s|%20){0,9}\$/.test(text.slice(0, MAX_SEARCHED));
}

/**
 * Hints on texts that an expression was meant to fill: one in a field set to Fixed is sent as it was typed, and one that
 * gives an object in the midst of a text becomes [object Object].
 */
export function unfilledTexts(body: IDataObject): string[] {
	return Object.entries(body).flatMap(([name, value]) => {
		const text = typeof value === 'string' ? value.slice(0, MAX_SEARCHED) : '';
		return [
			...(isUnevaluated(text)
				? [
						`"${name}" holds an expression that n8n has not evaluated: switch the field from Fixed to Expression`,
					]
				: []),
			...(text.includes('[object Object]')
				? [
						`"${name}" holds [object Object]: an expression in it gives an object; add the key of what is meant, such as .text`,
					]
				: []),
		];
	});
}
