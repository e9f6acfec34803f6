/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
/**
 * What the package costs an n8n that has it installed but does not use it: the time to load its nodes on startup, and
 * its size.
 *
 * npm run build && npx tsx bench/load.ts
 */
import { cpus } from 'node:os';
import { coldLoad } from './coldLoad';
import { packageSize } from './packageSize';
import { writeSection } from './section';

const PROCESSES = 20;
const TARGET_MS = 20;

// The first load only fills the disk cache.
const { files } = coldLoad();
const times = Array.from({ length: PROCESSES }, () => coldLoad().ms).sort(
	(one, other) => one - other,
);
const middle = ((times[PROCESSES / 2 - 1] ?? NaN) + (times[PROCESSES / 2] ?? NaN)) / 2;
const size = packageSize();

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const ms = (time: number | undefined) => `${time?.toFixed(1)} ms`;
const rows: Array<[what: string, measured: string, target: string, reached: boolean]> = [
	[
		`Loading ${size.nodes} nodes and the credential (${files.length} files), over n8n-workflow alone`,
		`${ms(middle)} (${ms(times[0])} to ${ms(times.at(-1))})`,
		`at most ${TARGET_MS} ms`,
		middle <= TARGET_MS,
	],
	['dist in all', kB(size.dist), 'at most 850 kB', size.dist <= 850_000],
	['Catalogue data in dist', kB(size.catalogue), 'at most 200 kB', size.catalogue <= 200_000],
	[
		'All node descriptions as JSON',
		kB(size.descriptions),
		'at most 80 kB',
		size.descriptions <= 80_000,
	],
	['Runtime dependencies', String(size.dependencies), '0', size.dependencies === 0],
];

writeSection(
	'load',
	[
		'## What it costs to have the package installed',
		'',
		`\`npx tsx bench/load.ts\`: the median of ${PROCESSES} cold processes (Node ${process.version}, ${cpus().length} cores).`,
		'',
		'| | measured | target | |',
		'|---|---|---|---|',
		...rows.map(
			([what, measured, target, reached]) =>
				`| ${what} | ${measured} | ${target} | ${reached ? 'reached' : 'MISSED'} |`,
		),
	].join('\n'),
);
for (const [what, measured, target, reached] of rows) {
	process.stdout.write(
		`${reached ? 'reached' : 'MISSED '}  ${what}: ${measured}, target ${target}\n`,
	);
}
if (!rows.every(([, , , reached]) => reached)) process.exitCode = 1;
