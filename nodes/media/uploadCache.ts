import type { Connection } from '../api/connection';
import { upload, type UploadFile } from '../api/storage';
import { hashOf } from './inputFile';

/** The key of the uploads in n8n's execution-wide context, where they are kept by the SHA-256 of their bytes. */
const CONTEXT_KEY = 'segmindUploads';

/** Uploads the same bytes only once per execution, however many items and nodes use them. */
export class UploadCache {
	private readonly inFlight = new Map<string, Promise<string>>();

	constructor(private readonly connection: Connection) {}

	/** The file's public URL at Segmind. */
	async urlOf(file: UploadFile): Promise<string> {
		const hash = await hashOf(file);
		const cachedUrls = this.cachedUrls();
		if (cachedUrls[hash]) return cachedUrls[hash];
		const uploading = this.inFlight.get(hash) ?? this.uploadAndCache(file, hash, cachedUrls);
		this.inFlight.set(hash, uploading);
		return await uploading;
	}

	/** The URLs of this execution's uploads, as sent to the models. */
	urls(): string[] {
		return Object.values(this.cachedUrls());
	}

	private cachedUrls(): Record<string, string> {
		const { context } = this.connection;
		return (context.getContext('flow')[CONTEXT_KEY] ??= {}) as Record<string, string>;
	}

	private async uploadAndCache(
		file: UploadFile,
		hash: string,
		cachedUrls: Record<string, string>,
	): Promise<string> {
		try {
			const [url = ''] = await upload(this.connection, [file]);
			cachedUrls[hash] = url;
			return url;
		} finally {
			this.inFlight.delete(hash);
		}
	}
}
