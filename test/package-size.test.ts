import { coldLoad } from '../bench/coldLoad';
import { packageSize } from '../bench/packageSize';

describe('the built package', () => {
	const size = packageSize();

	it('has all eleven nodes', () => {
		expect(size.nodes).toBe(11);
	});

	// The limits of 700 and 60 kB were for six nodes; there are eleven now.
	it('is at most 900 kB in all, 200 kB of it the catalogue’s data', () => {
		// A build without its data would be small too.
		expect(size.catalogue).toBeGreaterThan(100_000);
		expect(size.catalogue).toBeLessThanOrEqual(200_000);
		expect(size.dist).toBeGreaterThan(size.catalogue);
		expect(size.dist).toBeLessThanOrEqual(900_000);
	});

	it('sends at most 80 kB of descriptions to the editor', () => {
		expect(size.descriptions).toBeGreaterThan(10_000);
		expect(size.descriptions).toBeLessThanOrEqual(80_000);
	});

	// The time itself is measured by bench/load.ts; this is what it is made of.
	it('reads neither data nor what works on items while n8n starts', () => {
		const { files } = coldLoad();

		expect(files).toContain('nodes/SegmindGenerateImage/SegmindGenerateImage.node.js');
		expect(
			files.filter((file) => /\.json$|execute\.js$|Trigger\/poll\.js$|^nodes\/jobs\//.test(file)),
		).toEqual([]);
		expect(files.length).toBeLessThan(45);
	});

	it('brings no other package into n8n', () => {
		expect(size.dependencies).toBe(0);
	});
});
