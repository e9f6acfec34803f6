import type { Answer } from '../../nodes/api/request';
import type { RequestContext } from '../../nodes/api/requestContext';

/** A gateway's page. */
export const PAGE =
	'<!doctype html>\n<html><title>502 Bad Gateway</title><h1>Bad Gateway</h1></html>';

/** Requests of each kind, as a failure tells of them. */
export const generation: RequestContext = {
	kind: 'generate',
	task: 'run "fast-flux-schnel"',
	model: 'fast-flux-schnel',
	nearModels: () => ['fast-flux-schnell', 'flux-schnell'],
};
export const submission: RequestContext = {
	...generation,
	kind: 'submit',
	task: 'submit a job to "fast-flux-schnel"',
	nearModels: () => [],
};
export const jobPoll: RequestContext = {
	kind: 'read',
	task: 'check job 8b3c5b6e',
	requestId: '8b3c5b6e',
};
export const balance: RequestContext = { kind: 'read', task: 'read the balance' };

/** An answer with a body: a text, or what its JSON means. */
export function answerOf(status: number, body: unknown, more: Partial<Answer> = {}): Answer {
	const isText = typeof body === 'string';
	return {
		status,
		headers: {},
		text: isText ? body : JSON.stringify(body),
		json: isText ? undefined : body,
		attempts: 1,
		waitMs: undefined,
		...more,
	};
}
