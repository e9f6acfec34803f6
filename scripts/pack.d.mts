/** Packs the built project as `npm publish` does, and returns the tarball, which is removed when this process ends. */
export function pack(): string;
