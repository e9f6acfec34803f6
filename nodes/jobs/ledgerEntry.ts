import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { FailureDetails } from '../api/failure';

/**
 * An answer as it may stay in the node's context, which n8n saves with the execution: as it is when it is small, else by
 * reference to n8n's binary store. Bytes are always such a reference.
 */
export type KeptAnswer = {
	/** To whose execution the stored files belong: they are deleted with it. */
	executionId: string;
} & ({ json: unknown } | { file: IBinaryData });

/** A job that was submitted, now or by an earlier try. */
export interface SubmittedJob {
	requestId: string;
	/** A date on the calendar (see clock). */
	acceptedAt: number;
	/** The seed that was sent. */
	seed: IDataObject[string];
}

/** What is known of one paid call. Only what is enumerable is saved by n8n with the execution. */
export interface Entry {
	/** The execution that sent it last. */
	executionId: string;
	/** Earlier sends of the same call that may have been billed, in words. */
	before?: string[];
	/** Segmind accepted it. */
	job?: SubmittedJob;
	/** Its answer, as far as it may stay in the node's context. */
	answer?: KeptAnswer;
	/** It may have been accepted and billed, or was billed and is lost: why. */
	spent?: { message: string; details: FailureDetails };
	/** Its answer, in this process. Not enumerable: it may hold whole files. */
	live?: unknown;
	/** Its finished items, in this process. Not enumerable, for the same reason. */
	items?: INodeExecutionData[];
}
