// What the suites in real n8n servers need from Debian: npm run test:n8n asks for it, .ci/run installs it.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where postgresql keeps its programs, which are not on the PATH. */
const POSTGRES = '/usr/lib/postgresql';

/** The packages; all but postgresql bring a program of their own name. */
const PACKAGES = ['chromium', 'g++', 'make', 'postgresql', 'python3', 'redis-server'];

/** Those of the packages that are not installed. */
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
