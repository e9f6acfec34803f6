import type { RequestKind } from './retryRules';

/** What a request was for, for use in its failure message. */
export interface RequestContext {
	/** The task as a verb phrase, e.g. "generate the image", "look at job 1234". */
	task: string;
	model?: string;
	pixelFlow?: string;
	/** Models with similar names, for a misspelt one. */
	nearModels?: () => readonly string[];
	requestId?: string;
	/** The cost of sending the request twice; `submit` and `generate` start paid work. */
	kind: RequestKind;
}

/** Whether the request starts paid work. */
export function isPaid({ kind }: RequestContext): boolean {
	return kind !== 'read';
}
