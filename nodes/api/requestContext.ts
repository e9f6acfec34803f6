import type { RequestKind } from './retryRules';

/** What a request was for, so that its failure can say it. */
export interface RequestContext {
	/** The work as a verb phrase, e.g. "generate the image", "look at job 1234". */
	task: string;
	model?: string;
	pixelFlow?: string;
	/** Models with a similar name, for a misspelt one. */
	nearModels?: () => readonly string[];
	requestId?: string;
	/** What it would cost to send the request twice; `submit` and `generate` start paid work. */
	kind: RequestKind;
}

/** Whether the request starts paid work. */
export function isPaid({ kind }: RequestContext): boolean {
	return kind !== 'read';
}
