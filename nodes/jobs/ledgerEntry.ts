import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { FailureDetails } from '../api/failure';

/**
 * An answer in the form saved in the node's context, which n8n stores with the execution: inline if small, else as a
 * reference to n8n's binary store. Bytes are always references.
 */
export type KeptAnswer = {
	/** The execution that owns the stored files: they are deleted with it. */
	executionId: string;
} & ({ json: unknown } | { file: IBinaryData });

/** A job that was submitted, now or by an earlier try. */
export interface SubmittedJob {
	requestId: string;
	/** Wall-clock time. */
	acceptedAt: number;
	/** The seed that was sent. */
	seed: IDataObject[string];
}

/** What is known of one paid call. n8n saves only enumerable properties with the execution. */
export interface Entry {
	/** The execution that last sent it. */
	executionId: string;
	/** Descriptions of earlier sends of the same call that may have been billed. */
	before?: string[];
	/** The job, once Segmind has accepted it. */
	job?: SubmittedJob;
	/** Its answer, as far as it may be saved in the node's context. */
	answer?: KeptAnswer;
	/** Why it may have been accepted and billed, or was billed and is lost. */
	spent?: { message: string; details: FailureDetails };
	/** Its answer, in this process. Non-enumerable: it may hold whole files. */
	live?: unknown;
	/** Its finished items, in this process. Non-enumerable, for the same reason. */
	items?: INodeExecutionData[];
}
