import { LoadOptionsContext } from 'n8n-core';
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	ResourceMapperFields,
} from 'n8n-workflow';
import { additionalDataFor } from './additionalData';
import type { MemoryCredentials } from './credentials';
import type { NodeRegistry } from './nodeRegistry';
import { buildWorkflow } from './workflow';

/** What the editor sends when it requests a parameter's choices from a node. */
export interface EditorState {
	parameters?: INodeParameters;
	/** The path of the parameter, in n8n's notation. */
	path?: string;
}

type Kind = 'listSearch' | 'resourceMapping' | 'loadOptions';

/** Calls methods of nodes as n8n's editor does while a workflow is being edited. */
export class DynamicParameters {
	constructor(
		private readonly registry: NodeRegistry,
		private readonly credentials: MemoryCredentials,
	) {}

	async listSearch(
		type: string,
		method: string,
		state: EditorState,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const search = this.find('listSearch', type, method);
		return await search.call(this.context(type, state), filter, paginationToken);
	}

	async resourceMapping(
		type: string,
		method: string,
		state: EditorState,
	): Promise<ResourceMapperFields> {
		const fields = this.find('resourceMapping', type, method);
		return await fields.call(this.context(type, state));
	}

	async loadOptions(
		type: string,
		method: string,
		state: EditorState,
	): Promise<INodePropertyOptions[]> {
		const options = this.find('loadOptions', type, method);
		return await options.call(this.context(type, state));
	}

	private find<K extends Kind>(kind: K, type: string, name: string) {
		const methods = this.registry.getByNameAndVersion(type).methods?.[kind];
		const method = methods?.[name];
		if (!method) throw new Error(`${type} has no ${kind} method ${name}`);
		return method as NonNullable<NonNullable<INodeType['methods']>[K]>[string];
	}

	private context(
		type: string,
		{ parameters = {}, path = 'parameters' }: EditorState,
	): ILoadOptionsFunctions {
		const json = { nodes: [{ name: 'Node', type, parameters }], connections: {} };
		const workflow = buildWorkflow(json, this.registry, this.credentials, 'editor');
		const node = workflow.getNode('Node')!;
		const additionalData = additionalDataFor(this.credentials, 'editor');
		// Workflow has filled in the defaults, which the editor sends too.
		additionalData.currentNodeParameters = node.parameters;
		return new LoadOptionsContext(workflow, node, additionalData, path);
	}
}
