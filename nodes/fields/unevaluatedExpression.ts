import type { IDataObject } from 'n8n-workflow';

/** Advice for an expression that reached the node unevaluated. */
export const UNEVALUATED =
	'It holds an expression that n8n has not evaluated: switch the field from Fixed to Expression';

/** How much of a text is searched, in characters: it may be a whole file. */
const MAX_SEARCHED = 20_000;

/** Whether a text contains an n8n expression as typed, such as {{ $json.url }}; a mere {{name}} does not count. */
export function hasUnevaluatedExpression(text: string): boolean {
	return /\{\{(?:\s|%20){0,9}\$/.test(text.slice(0, MAX_SEARCHED));
}

/**
 * Hints on texts that an expression was meant to fill in: one in a field set to Fixed is sent as typed, and one that yields
 * an object in the middle of a text becomes [object Object].
 */
export function unfilledTextHints(body: IDataObject): string[] {
	return Object.entries(body).flatMap(([name, value]) => {
		const text = typeof value === 'string' ? value.slice(0, MAX_SEARCHED) : '';
		return [
			...(hasUnevaluatedExpression(text)
				? [
						`"${name}" holds an expression that n8n has not evaluated: switch the field from Fixed to Expression`,
					]
				: []),
			...(text.includes('[object Object]')
				? [
						`"${name}" holds [object Object]: an expression in it returns an object; add the key you mean, such as .text`,
					]
				: []),
		];
	});
}
