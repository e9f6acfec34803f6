import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import type {
	IAuthenticateRuleResponseCode,
	ICredentialDataDecryptedObject,
	ICredentialTestRequestData,
	INode,
	INodeCredentialTestResult,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import get from 'lodash/get';
import { additionalDataFor } from './additionalData';
import { MemoryCredentials } from './credentials';
import type { NodeRegistry } from './nodeRegistry';

interface RequestFailure extends Error {
	cause?: { code?: string; response?: { status: number; statusText: string } };
}

/**
 * Does what n8n does on "Test" in the credential window: a declarative node made up for the credential's test request,
 * run by n8n's RoutingNode. The reading of the answer follows n8n's CredentialsTester, which is not part of n8n-core.
 */
export async function testCredential(
	registry: NodeRegistry,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const { test } = registry.credentialType(type);
	if (!test) return { status: 'Error', message: 'No testing function found for this credential.' };

	const credentials = new MemoryCredentials(registry, { [type]: data });
	const { nodeType, context } = makeTestNode(registry, type, test, credentials);
	const decrypted = await credentials.getDecrypted(
		context.additionalData,
		{ id: null, name: type },
		type,
	);
	try {
		const answer = await new RoutingNode(context, nodeType, {
			id: type,
			name: type,
			type,
			data: decrypted,
		}).runNode();
		return judgeBody(test, answer?.[0]?.[0]?.json ?? {});
	} catch (error) {
		return judgeFailure(test, error as RequestFailure);
	}
}

function makeTestNode(
	registry: NodeRegistry,
	type: string,
	{ request }: ICredentialTestRequestData['testRequest'],
	credentials: MemoryCredentials,
) {
	const noOp = registry.getByNameAndVersion('n8n-nodes-base.noOp');
	const property: INodeProperties = {
		displayName: 'Temp',
		name: 'temp',
		type: 'string',
		default: '',
		routing: { request },
	};
	const nodeType: INodeType = {
		description: {
			...noOp.description,
			credentials: [{ name: type, required: true }],
			properties: [property],
		},
	};
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id: type, name: type } },
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const context = new ExecuteContext(
		workflow,
		node,
		additionalDataFor(credentials, 'credential-test'),
		'internal',
		createRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	return { nodeType, context };
}

function judgeBody(
	{ rules = [] }: ICredentialTestRequestData['testRequest'],
	body: object,
): INodeCredentialTestResult {
	for (const rule of rules) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		if (get(body, key) === value) return { status: 'Error', message };
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function judgeFailure(
	{ rules = [] }: ICredentialTestRequestData['testRequest'],
	error: RequestFailure,
): INodeCredentialTestResult {
	const response = error.cause?.response;
	if (!response) return { status: 'Error', message: error.cause?.code ?? error.message };
	const rule = rules.find(
		(candidate): candidate is IAuthenticateRuleResponseCode =>
			candidate.type === 'responseCode' && candidate.properties.value === response.status,
	);
	const message =
		rule?.properties.message ||
		response.statusText ||
		`Received HTTP status code: ${response.status}`;
	return { status: 'Error', message };
}
