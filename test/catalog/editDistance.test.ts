import { editDistance } from '../../nodes/catalog/editDistance';

it.each<[a: string, b: string, distance: number]>([
	['', '', 0],
	['', 'abc', 3],
	['abc', 'abc', 0],
	['abc', 'abd', 1],
	['abc', 'ab', 1],
	['ab', 'abc', 1],
	// Two letters that changed places are one mistake.
	['schnell', 'shcnell', 1],
	['kitten', 'sitting', 3],
])('from %j to %j: %i', (a, b, distance) => {
	expect(editDistance(a, b)).toBe(distance);
	expect(editDistance(b, a)).toBe(distance);
});
