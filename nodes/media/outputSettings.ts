import type { IBinaryKeyData } from 'n8n-workflow';

/** How a node returns its results. */
export interface OutputSettings {
	/** False: only the URL. */
	download: boolean;
	binaryField: string;
	/** Several files of one result become several items, one with all, or one with the main file. */
	outputItems: 'perFile' | 'perInput' | 'mainFile';
	/** Wanted file name; empty for one made from model and seed. */
	fileName: string;
	includeRawResponse: boolean;
	/** Larger files are not stored, in bytes. */
	maxBytes: number;
	/** Files of the input item; the output item keeps those that no new file replaces. */
	inputBinary: IBinaryKeyData | undefined;
}
