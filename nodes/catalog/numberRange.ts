import type { ModelParameter } from './parameters';

/** The range as in "1-25", "-1 to 5", "at least 0", "at most 9"; empty if the field has none. */
export function numberRange({ min, max }: Pick<ModelParameter, 'min' | 'max'>): string {
	if (min !== undefined && max !== undefined) return min < 0 ? `${min} to ${max}` : `${min}-${max}`;
	if (min !== undefined) return `at least ${min}`;
	return max === undefined ? '' : `at most ${max}`;
}
