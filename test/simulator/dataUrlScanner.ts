import { createHash, type Hash } from 'node:crypto';

export interface ScannedFile {
	contentType: string;
	bytes: number;
	sha256: string;
	/** Undefined when it is larger than the scanner keeps. */
	content: Buffer | undefined;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const MAX_HEAD = 256;

/**
 * Reads `{"data_urls": ["data:...", ...]}` as it arrives, decoding every data URL on the way, so that a body of any size
 * costs no memory. Other strings are kept by their beginnings (`strings`), for the endpoint to judge.
 */
export class DataUrlScanner {
	readonly files: ScannedFile[] = [];

	readonly strings: string[] = [];

	private place: 'outside' | 'head' | 'content' | 'rest' = 'outside';

	private head = '';

	private file: FileInProgress | undefined;

	constructor(private readonly keepBytes: number) {}

	write(chunk: Buffer): void {
		let from = 0;
		while (from < chunk.length) {
			const end = this.endOfPlace(chunk, from);
			const part = chunk.subarray(from, end < 0 ? chunk.length : end);
			if (this.place === 'head') this.head += part.toString('latin1');
			if (this.place === 'content') this.file?.write(withoutBackslashes(part));
			if (this.place === 'head' && this.head.length > MAX_HEAD) this.place = 'rest';
			if (end < 0) return;
			this.leave(chunk[end] === COMMA);
			from = end + 1;
		}
	}

	/** Where the present part ends: a head at its comma or quote, all else at the next quote. */
	private endOfPlace(chunk: Buffer, from: number): number {
		const quote = chunk.indexOf(QUOTE, from);
		if (this.place !== 'head') return quote;
		const comma = chunk.indexOf(COMMA, from);
		return comma >= 0 && (quote < 0 || comma < quote) ? comma : quote;
	}

	private leave(atComma: boolean): void {
		if (this.place === 'outside') {
			this.place = 'head';
			this.head = '';
			return;
		}
		const data = /^data:([^;,]*)[^,]*;base64$/i.exec(this.head.replaceAll('\\', ''));
		if (this.place === 'head' && atComma && data) {
			this.place = 'content';
			this.file = new FileInProgress(data[1] || 'text/plain', this.keepBytes);
			return;
		}
		if (this.place === 'head' && atComma) {
			this.place = 'rest';
			return;
		}
		if (this.place === 'content' && this.file) this.files.push(this.file.end());
		else this.strings.push(this.head);
		this.place = 'outside';
		this.file = undefined;
	}
}

class FileInProgress {
	private readonly hash: Hash = createHash('sha256');

	private kept: Buffer[] | undefined = [];

	private bytes = 0;

	/** Up to three characters that wait for the rest of their group of four. */
	private waiting = '';

	constructor(
		private readonly contentType: string,
		private readonly keepBytes: number,
	) {}

	write(part: Buffer): void {
		const text = this.waiting + part.toString('latin1');
		const whole = text.length - (text.length % 4);
		this.waiting = text.slice(whole);
		this.add(Buffer.from(text.slice(0, whole), 'base64'));
	}

	end(): ScannedFile {
		this.add(Buffer.from(this.waiting, 'base64'));
		return {
			contentType: this.contentType,
			bytes: this.bytes,
			sha256: this.hash.digest('hex'),
			content: this.kept && Buffer.concat(this.kept),
		};
	}

	private add(bytes: Buffer): void {
		this.hash.update(bytes);
		this.bytes += bytes.length;
		if (this.bytes > this.keepBytes) this.kept = undefined;
		this.kept?.push(bytes);
	}
}

/** JSON may write the slashes of base64 as `\/`. */
function withoutBackslashes(part: Buffer): Buffer {
	return part.includes(BACKSLASH) ? Buffer.from(part.filter((byte) => byte !== BACKSLASH)) : part;
}
