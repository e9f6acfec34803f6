import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { FailureDetails } from '../api/failure';
import type { SentRequest } from './sentRequest';

/**
 * An answer in the form saved in the node's context, which n8n stores with the execution: inline if small, else as a
 * reference to n8n's binary store. Bytes are always references.
 */
export type KeptAnswer = {
	/** The execution that owns the stored files: they are deleted with it. */
	executionId: string;
	/** The ID of the answered request, if it is known. */
	requestId?: string;
} & ({ json: unknown } | { file: IBinaryData });

/** A job that was submitted, now or by an earlier try. */
export interface SubmittedJob {
	requestId: string;
	/** Wall-clock time. */
	acceptedAt: number;
	/** The seed that was sent. */
	seed: IDataObject[string];
	/** Its answer was lost, and it was found in the request history. */
	recovered?: true;
}

/** Why a call may have been accepted and billed, or was billed and is lost. */
export interface Spent {
	message: string;
	details: FailureDetails;
	/** The request whose answer was lost, for the next search of the request history. */
	request?: SentRequest;
	/** What the search has shown, for the user, and the IDs that the user was told. */
	shown?: string;
	told?: string[];
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
	spent?: Spent;
	/** Its answer, in this process. Non-enumerable: it may hold whole files. */
	live?: unknown;
	/** Its finished items, in this process. Non-enumerable, for the same reason. */
	items?: INodeExecutionData[];
}
