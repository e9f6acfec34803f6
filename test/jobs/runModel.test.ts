import type { Api } from '../../nodes/jobs/run';
import { chooseApi, type Mode } from '../../nodes/jobs/runModel';

describe('which API serves a call', () => {
	it.each<[mode: Mode, wants: 'file' | 'url', averageSeconds: number | null, api: Api]>([
		// Auto: v1 for a model under 10 s whose output is wanted as a file, v2 for everything else.
		['auto', 'file', 0.6, 'sync'],
		['auto', 'file', 9.99, 'sync'],
		['auto', 'file', 10, 'async'],
		['auto', 'file', 130, 'async'],
		['auto', 'file', null, 'async'],
		['auto', 'url', 0.6, 'async'],
		['sync', 'file', 0.6, 'sync'],
		['sync', 'file', 130, 'sync'],
		['sync', 'file', null, 'sync'],
		// Only v2 has an address.
		['sync', 'url', 0.6, 'async'],
		['async', 'file', 0.6, 'async'],
		['async', 'url', null, 'async'],
	])('%s, %s, %p s: %s', (mode, wants, averageSeconds, api) => {
		expect(chooseApi(mode, wants === 'file', averageSeconds)).toBe(api);
	});
});
