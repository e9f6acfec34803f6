import type { IDataObject } from 'n8n-workflow';

/** The field of the answer that a file came from, or null; test/api/outputs.test.ts asserts which. */
export const anyRole: unknown = {
	asymmetricMatch: (role: unknown) => role === null || typeof role === 'string',
	toString: () => 'anyRole',
};

/** The JSON of a result item by the contract: null for every key that `told` does not give. */
export function resultItem(told: IDataObject): IDataObject {
	return {
		status: 'COMPLETED',
		model: null,
		prompt: null,
		url: null,
		url_expires_at: told.url ? (expect.any(String) as string) : null,
		seed: null,
		cost: null,
		remaining_credits: null,
		inference_time: null,
		request_id: null,
		output_index: 0,
		output_count: 1,
		output_role: anyRole as string,
		content_type: null,
		file_name: null,
		file_size: null,
		...told,
	};
}

/** The JSON of a running job: the keys of a result, as far as they are known. */
export function unfinishedItem(told: IDataObject): IDataObject {
	return resultItem({ output_index: null, output_count: 0, output_role: null, ...told });
}

/** The JSON of a failed item of a node that runs models. */
export function failedItem(told: IDataObject): IDataObject {
	return {
		status: 'REJECTED',
		failure_reason: null,
		billed: 'no',
		advice: null,
		model: null,
		prompt: null,
		request_id: null,
		http_status: null,
		...told,
	};
}
