import type { Connection } from '../api/connection';
import { upload, type UploadFile } from '../api/storage';
import { hashOf } from './inputFile';

/** The key of the uploads in n8n's execution-wide context, where they are kept by the SHA-256 of their bytes. */
const CONTEXT_KEY = 'segmindUploads';

/** Uploads the same bytes only once per execution, however many items and nodes use them. */
export class UploadOnce {
	private readonly underWay = new Map<string, Promise<string>>();

	constructor(private readonly connection: Connection) {}

	/** The file's public URL at Segmind. */
	async urlOf(file: UploadFile): Promise<string> {
		const hash = await hashOf(file);
		const remembered = this.remembered();
		if (remembered[hash]) return remembered[hash];
		const begun = this.underWay.get(hash) ?? this.uploadAndRemember(file, hash, remembered);
		this.underWay.set(hash, begun);
		return await begun;
	}

	/** The URLs of this execution's uploads, as sent to the models. */
	urls(): string[] {
		return Object.values(this.remembered());
	}

	private remembered(): Record<string, string> {
		const { context } = this.connection;
		return (context.getContext('flow')[CONTEXT_KEY] ??= {}) as Record<string, string>;
	}

	private async uploadAndRemember(
		file: UploadFile,
		hash: string,
		remembered: Record<string, string>,
	): Promise<string> {
		try {
			const [url = ''] = await upload(this.connection, [file]);
			remembered[hash] = url;
			return url;
		} finally {
			this.underWay.delete(hash);
		}
	}
}
