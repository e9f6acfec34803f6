import { projectFolder, removeUserFolder } from './n8nFolder';
import type {
	IBinaryData,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeParameters,
} from 'n8n-workflow';
import * as binaries from './binaryStore';
import { MemoryCredentials, type CredentialData } from './credentials';
import { DataTables } from './dataTables';
import { testCredential } from './credentialTest';
import { DynamicParameters, type EditorState } from './dynamicParameters';
import { execute, type RunOptions } from './execution';
import { NodeRegistry } from './nodeRegistry';
import { pollerOf, type Poller } from './poller';
import type { RunResult } from './runResult';
import { buildWorkflow, type WorkflowJson } from './workflow';

export type { RunOptions } from './execution';
export type { RunResult } from './runResult';
export type { WorkflowJson } from './workflow';

export interface EngineOptions {
	binaryMode?: binaries.BinaryMode;
	/**
	 * The package under test, built or unpacked below the project (such as in .tmp/), so that it finds n8n-workflow;
	 * null for n8n's own nodes only.
	 */
	packageFolder?: string | null;
	credentials?: CredentialData;
}

export interface NodeOptions extends RunOptions {
	nodeOptions?: Partial<INode>;
}

export interface EditorOptions extends EditorState {
	credentials?: CredentialData;
	filter?: string;
	paginationToken?: string;
}

/** nodes/clock.ts of the build: not the instance that a test imports. */
export type PackageClock = Pick<typeof import('../../nodes/clock'), 'clock' | 'now' | 'wallTime'>;

const workflowId = 'engine';

let engines = 0;

/** Starts n8n's execution engine with n8n's own nodes and the package under test. */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
	const { packageFolder = projectFolder } = options;
	engines += 1;
	let registry: NodeRegistry | undefined;
	try {
		registry = await NodeRegistry.load(packageFolder);
	} finally {
		if (!registry) await leave();
	}
	return new Engine(registry, options);
}

/** Runs workflows in n8n's real engine. Runs may be concurrent. */
export class Engine {
	/** Kept between runs, as n8n does. */
	readonly dataTables = new DataTables();

	constructor(
		readonly registry: NodeRegistry,
		private readonly options: EngineOptions,
	) {}

	/** Runs a workflow from its trigger, or from `startNode` with `items`. */
	async run(json: WorkflowJson, options: RunOptions = {}): Promise<RunResult> {
		const credentials = this.credentials(options.credentials);
		const workflow = buildWorkflow(json, this.registry, credentials, workflowId);
		return await this.withBinaries(
			async () => await execute(workflow, credentials, this.dataTables, options),
		);
	}

	/** Runs a single node of the package under test (or any other, by its full type) with the given items. */
	async runNode(
		type: string,
		parameters: INodeParameters,
		{ nodeOptions, items = [{ json: {} }], ...options }: NodeOptions = {},
	): Promise<RunResult> {
		const node = { name: 'Node', type: fullType(type), parameters, ...nodeOptions };
		return await this.run({ nodes: [node], connections: {} }, { ...options, items });
	}

	/** Activates a workflow with this one polling trigger. */
	activate(
		type: string,
		parameters: INodeParameters,
		{ credentials, stored }: { credentials?: CredentialData; stored?: IDataObject } = {},
	): Poller {
		const all = this.credentials(credentials);
		const json = {
			nodes: [{ name: 'Node', type: fullType(type), parameters }],
			connections: {},
		};
		const workflow = buildWorkflow(json, this.registry, all, workflowId);
		return pollerOf(workflow, workflow.getNode('Node')!, all, stored);
	}

	/** The bytes of an item's file. */
	async binary(data: IBinaryData): Promise<Buffer> {
		return await this.withBinaries(async () => await binaries.readBinary(data));
	}

	/** A file for an input item, stored as an earlier node would have done. */
	async storeBinary(bytes: Buffer, fileName: string, mimeType: string): Promise<IBinaryData> {
		return await this.withBinaries(
			async () => await binaries.storeBinary(bytes, fileName, mimeType, 'input'),
		);
	}

	/**
	 * The clock of the package's nodes. Raise `clock.speed` to make hours pass in seconds, and give `now` to the
	 * simulator.
	 */
	packageClock(): PackageClock {
		return this.registry.moduleOf('n8n-nodes-segmind', 'dist/nodes/clock.js') as PackageClock;
	}

	/** The files that a run has completely stored so far, even if it ends without items; in filesystem mode only. */
	async storedFiles(executionId: string): Promise<binaries.StoredFile[]> {
		return await binaries.listStoredFiles(workflowId, executionId);
	}

	async listSearch(type: string, method: string, options: EditorOptions = {}) {
		const { filter, paginationToken } = options;
		return await this.editor(options).listSearch(
			fullType(type),
			method,
			options,
			filter,
			paginationToken,
		);
	}

	async resourceMapping(type: string, method: string, options: EditorOptions = {}) {
		return await this.editor(options).resourceMapping(fullType(type), method, options);
	}

	async loadOptions(type: string, method: string, options: EditorOptions = {}) {
		return await this.editor(options).loadOptions(fullType(type), method, options);
	}

	/** n8n's answer when a user saves the credential. */
	async testCredential(type: string, data: ICredentialDataDecryptedObject) {
		return await testCredential(this.registry, type, data);
	}

	/** Removes what the runs left on disk, unless another engine of this process needs it. */
	async close(): Promise<void> {
		await leave();
	}

	private editor({ credentials }: EditorOptions): DynamicParameters {
		return new DynamicParameters(this.registry, this.credentials(credentials));
	}

	private credentials(more?: CredentialData): MemoryCredentials {
		return new MemoryCredentials(this.registry, { ...this.options.credentials, ...more });
	}

	private async withBinaries<T>(task: () => Promise<T>): Promise<T> {
		return await binaries.withBinaryMode(this.options.binaryMode ?? 'memory', task);
	}
}

async function leave(): Promise<void> {
	engines -= 1;
	if (engines > 0) return;
	binaries.forgetBinaryMode();
	await removeUserFolder();
}

function fullType(type: string): string {
	return type.includes('.') ? type : `n8n-nodes-segmind.${type}`;
}
