import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { claimName, releaseName } from '../../nodes/media/uniqueName';

/** The contexts of two nodes of one execution: what they keep in `flow` is shared. */
function execution() {
	const flow: IDataObject = {};
	const context = () => ({ getContext: () => flow }) as unknown as IExecuteFunctions;
	return { flow, one: context(), other: context() };
}

describe('file names of an execution', () => {
	it('are unique across nodes and loop iterations', () => {
		const { one, other } = execution();
		const names = [one, other, one, other].map((node) => claimName(node, 'fox-42.jpg'));
		expect(names).toEqual(['fox-42.jpg', 'fox-42-2.jpg', 'fox-42-3.jpg', 'fox-42-4.jpg']);
	});

	it.each<[wanted: string[], given: string[]]>([
		[
			['a.jpg', 'b.jpg', 'a.png'],
			['a.jpg', 'b.jpg', 'a.png'],
		],
		[
			['a-2.jpg', 'a.jpg', 'a.jpg'],
			['a-2.jpg', 'a.jpg', 'a-3.jpg'],
		],
		[
			['a.jpg', 'a.jpg', 'a-2.jpg'],
			['a.jpg', 'a-2.jpg', 'a-2-2.jpg'],
		],
		// Some file systems know no capitals.
		[
			['Fox.jpg', 'fox.JPG'],
			['Fox.jpg', 'fox-2.JPG'],
		],
		[
			['a.tar.gz', 'a.tar.gz'],
			['a.tar.gz', 'a.tar-2.gz'],
		],
		[
			['fox', 'fox'],
			['fox', 'fox-2'],
		],
		[
			['constructor', '__proto__', '__proto__'],
			['constructor', '__proto__', '__proto__-2'],
		],
	])('wanted as %j are %j', (wanted, given) => {
		const { one } = execution();
		expect(wanted.map((name) => claimName(one, name))).toEqual(given);
	});

	it('can be reused if no file was stored', () => {
		const { one, other } = execution();
		releaseName(one, claimName(one, 'fox.jpg'));
		expect(claimName(other, 'fox.jpg')).toBe('fox.jpg');
	});

	it('stay unique for a whole execution, in bounded space', () => {
		const { one, flow } = execution();
		const names = Array.from({ length: 12_000 }, (_, index) =>
			claimName(one, `${index % 7_000}.jpg`),
		);
		expect(new Set(names).size).toBe(12_000);
		expect(JSON.stringify(flow).length).toBeLessThan(150_000);
	});
});
