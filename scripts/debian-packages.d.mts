/** Those of the Debian packages that are not installed. */
export function missingPackages(names?: string[]): string[];
