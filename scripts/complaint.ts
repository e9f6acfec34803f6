/** A complaint to the user, in one self-contained line. */
export class Complaint extends Error {}

const reasons: Record<string, string> = {
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	EROFS: 'the disk is read-only',
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk quota is used up',
	ENOENT: 'there is no such file or folder',
	ENOTDIR: 'a part of the path is not a folder',
	EEXIST: 'a file is in the way',
	EISDIR: 'it is a folder',
};

/** Explains why a file could not be read or written. */
export function whyNot(error: unknown): string {
	const { code = '', message } = error as NodeJS.ErrnoException;
	return reasons[code] ?? message;
}

/** Any error as one line. */
export function oneLine(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return text.trim().replace(/\s*\n\s*/g, ' ');
}
