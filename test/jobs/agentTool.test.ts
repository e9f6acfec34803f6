import type { IExecuteFunctions } from 'n8n-workflow';
import { isAgentTool } from '../../nodes/jobs/agentTool';

it.each([
	['n8n-nodes-segmind.segmindGenerateImage', false],
	['n8n-nodes-segmind.segmindGenerateImageTool', true],
	['n8n-nodes-segmind.segmindToolbox', false],
])('recognises node type %s as an agent’s tool: %p', (type, expected) => {
	const context = { getNode: () => ({ type }) } as unknown as IExecuteFunctions;
	expect(isAgentTool(context)).toBe(expected);
});
