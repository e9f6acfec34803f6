import type { IExecuteFunctions } from 'n8n-workflow';

import { withoutKey } from '../api/failure';
import { asHtml } from './html';

/** Cap on hints per run. */
const MAX_HINTS = 20;

/** Shows each message once on the node, if this version of n8n supports hints. */
export function showHints(context: IExecuteFunctions, messages: string[], apiKey: string): void {
	// A hint quotes field values, which may contain the key by mistake.
	const distinct = [...new Set(messages.map((message) => withoutKey(message, apiKey)))];
	const shown = distinct.slice(0, MAX_HINTS);
	if (distinct.length > shown.length) {
		shown.push(`There are ${distinct.length - shown.length} more hints of this kind`);
	}
	const hints = shown.map((message) => ({
		message: asHtml(message),
		type: 'warning' as const,
		location: 'outputPane' as const,
	}));
	if (hints.length) context.addExecutionHints?.(...hints);
}
