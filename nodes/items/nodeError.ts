import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INode } from 'n8n-workflow';

import type { SegmindFailure } from '../api/failure';
import { isAgentTool } from '../jobs/agentTool';
import { asHtml, asTitle } from './html';

/** Who reads an error: a person in n8n's editor, which shows HTML, or an agent or a program, which want plain text. */
type Reader = 'editor' | 'agent';

/** Who reads the errors of this run. */
export function readerOf(context: IExecuteFunctions): Reader {
	return isAgentTool(context) ? 'agent' : 'editor';
}

/** The error that n8n shows, with its item and, after an HTTP answer, the status as `httpCode`. */
export function toNodeError(
	node: INode,
	failure: SegmindFailure,
	itemIndex?: number,
	reader: Reader = 'editor',
): NodeApiError | NodeOperationError {
	const { httpStatus, description: plain } = failure.details;
	const [message, description] =
		reader === 'editor'
			? [asTitle(failure.message), plain && asHtml(plain)]
			: [failure.message, plain];
	const error =
		httpStatus === undefined
			? new NodeOperationError(node, message, { description, itemIndex })
			: new NodeApiError(
					node,
					{ message },
					{ message, description, itemIndex, httpCode: String(httpStatus) },
				);
	// n8n replaces a message that contains a code such as "ENOTFOUND", even inside a quoted answer.
	error.message = message;
	if (description) error.description = description;
	return error;
}
