import type { FileRecipe } from './outputs';
import { hex, type Random } from './random';

const WEEK_MS = 7 * 24 * 3600 * 1000;

export interface StoredFile {
	contentType: string;
	fileName: string;
	/** Virtual milliseconds since the start. */
	expiresAt: number;
	make(): Promise<Buffer>;
}

/** What lies on images.segmind.com, by path. */
export class FileStore {
	private readonly files = new Map<string, StoredFile>();

	private published = 0;

	constructor(private readonly origin: () => string) {}

	get(path: string): StoredFile | undefined {
		return this.files.get(path);
	}

	/** The output of a job: kept a week. */
	addOutput(recipe: FileRecipe, random: Random, now: number): StoredFile & { url: string } {
		const fileName = `${hex(random, 12)}.${recipe.extension}`;
		const { contentType, make } = recipe;
		const file = { contentType, fileName, make, expiresAt: now + WEEK_MS };
		return { ...file, url: this.put(`/generations/${hex(random, 4)}/${fileName}`, file) };
	}

	/** An uploaded file: kept for good. Without bytes (too large to keep) it can be named but not fetched. */
	addAsset(bytes: Buffer | undefined, extension: string, contentType: string, random: Random) {
		const fileName = `${hex(random, 8)}.${extension}`;
		const path = `/assets/${fileName}`;
		if (!bytes) return `${this.origin()}${path}`;
		return this.put(path, {
			contentType,
			fileName,
			expiresAt: Infinity,
			make: async () => bytes,
		});
	}

	/** A file that a test puts there. */
	publish(bytes: Buffer, fileName: string, contentType: string): string {
		this.published += 1;
		const path = `/published/${this.published}/${encodeURIComponent(fileName)}`;
		return this.put(path, { contentType, fileName, expiresAt: Infinity, make: async () => bytes });
	}

	private put(path: string, file: StoredFile): string {
		this.files.set(path, file);
		return `${this.origin()}${path}`;
	}
}
