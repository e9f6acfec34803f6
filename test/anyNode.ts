import type { INode } from 'n8n-workflow';

/** A node for errors that name one. */
export const anyNode: INode = {
	id: '1',
	name: 'Node',
	type: 'n8n-nodes-segmind.segmindGenerateImage',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
