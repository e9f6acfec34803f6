import { PollContext } from 'n8n-core';
import type { IDataObject, INode, INodeExecutionData, Workflow } from 'n8n-workflow';
import { additionalDataFor } from './additionalData';
import type { MemoryCredentials } from './credentials';

/** A polling trigger of an active workflow. */
export interface Poller {
	/** One poll, as n8n makes it at its times; null where it gives nothing. */
	poll(): Promise<INodeExecutionData[][] | null>;
	/** What n8n would store after a poll that gave something. */
	stored(): IDataObject;
}

/** Sets up the polling of a workflow's only node, with what n8n had stored before. */
export function pollerOf(
	workflow: Workflow,
	node: INode,
	credentials: MemoryCredentials,
	stored: IDataObject = {},
): Poller {
	Object.assign(workflow.getStaticData('node', node), structuredClone(stored));
	const context = new PollContext(
		workflow,
		node,
		additionalDataFor(credentials, 'poll'),
		'trigger',
		'activate',
	);
	const { poll } = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	return {
		poll: async () => {
			await workflow.expression.acquireIsolate();
			try {
				return await poll!.call(context);
			} finally {
				await workflow.expression.releaseIsolate();
			}
		},
		stored: () => JSON.parse(JSON.stringify(workflow.getStaticData('node', node))) as IDataObject,
	};
}
