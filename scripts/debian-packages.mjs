// Debian packages that the suites in real n8n servers need: npm run test:n8n requires them, .ci/run installs them.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where postgresql keeps its programs, which are not on PATH. */
const POSTGRES = '/usr/lib/postgresql';

/** The packages; all but postgresql provide a program of the same name. */
const PACKAGES = ['chromium', 'g++', 'make', 'postgresql', 'python3', 'redis-server'];

/** The packages that are not installed. */
export function missingPackages(names = PACKAGES) {
	return [...new Set(names)].filter((name) =>
		name === 'postgresql' ? !existsSync(POSTGRES) : !isOnPath(name),
	);
}

function isOnPath(program) {
	return process.env.PATH.split(delimiter).some((folder) => existsSync(join(folder, program)));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
	console.log(missingPackages().join(' '));
}
