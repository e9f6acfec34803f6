import type { Simulator } from './simulator';

/** Puts the request history out of order: what was lost on the way is found nowhere. Until the next reset. */
export function withoutHistory(simulator: Simulator): void {
	simulator.script({
		path: /\/request-history/,
		times: Infinity,
		answer: { status: 404, body: { error: 'Not Found' } },
	});
}
