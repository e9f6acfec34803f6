import { atOnce as runAtOnce, type Steps } from '../../nodes/api/slices';

/** A function that computes step by step, made into one that computes at once. */
export function atOnce<A extends unknown[], T>(inSteps: (...args: A) => Steps<T>) {
	return (...args: A): T => runAtOnce(inSteps(...args));
}
