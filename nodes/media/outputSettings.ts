import type { IBinaryKeyData } from 'n8n-workflow';

/** How a node returns its results. */
export interface OutputSettings {
	/** False: only the URL. */
	download: boolean;
	binaryField: string;
	/** Whether several files of one result become several items, one item with all, or one with the main file. */
	outputItems: 'perFile' | 'perInput' | 'mainFile';
	/** Requested file name; if empty, it is made from model and seed. */
	fileName: string;
	includeRawResponse: boolean;
	/** Files larger than this are not stored, in bytes. */
	maxBytes: number;
	/** The input item's files; the output item keeps those that no new file replaces. */
	inputBinary: IBinaryKeyData | undefined;
}
