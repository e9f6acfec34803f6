import { ICredentialsHelper, isExpression, NodeHelpers } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import type { NodeRegistry } from './nodeRegistry';

/** Credential data by credential type, as the user typed it in. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** Replaces n8n's credential service for a running workflow; the data is in memory instead of a database. */
export class MemoryCredentials extends ICredentialsHelper {
	constructor(
		private readonly registry: NodeRegistry,
		private readonly data: CredentialData,
	) {
		super();
	}

	has(type: string): boolean {
		return type in this.data;
	}

	/** The data, with defaults for fields that the user did not fill in. */
	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const given = this.data[type];
		if (!given) throw new Error(`The engine was given no credential of type ${type}`);
		const properties = this.getCredentialsProperties(type);
		const complete = NodeHelpers.getNodeParameters(
			properties,
			given as INodeParameters,
			true,
			false,
			null,
			null,
		);
		return complete as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.registry.credentialType(typeName);
		if (typeof authenticate === 'function') {
			return await authenticate(credentials, requestOptions);
		}
		const resolve = (text: string) =>
			isExpression(text)
				? String(
						workflow.expression.getSimpleParameterValue(node, text, 'internal', {
							$credentials: credentials,
						}) ?? '',
					)
				: text;
		const target = requestOptions as unknown as Record<string, Record<string, unknown>>;
		for (const [part, values] of Object.entries(authenticate?.properties ?? {})) {
			const resolved = Object.entries(values as Record<string, string>).map(([name, value]) => [
				resolve(name),
				resolve(value),
			]);
			target[part] = { ...target[part], ...Object.fromEntries(resolved) };
		}
		return requestOptions;
	}

	/** n8n calls a credential's preAuthentication only when the credential has a field that expires. */
	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	getParentTypes(name: string): string[] {
		return this.registry.credentialType(name).extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.registry.credentialType(type).properties;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('The engine holds no stored credentials');
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}
}
