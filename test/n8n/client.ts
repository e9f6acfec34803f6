import axios, { type AxiosInstance } from 'axios';
import { randomUUID } from 'node:crypto';
import type { IBinaryData, IDataObject, INodeExecutionData, ITaskData } from 'n8n-workflow';
import type { WorkflowJson } from '../engine/engine';
import { eventually } from './children';
import { unflatten } from './unflatten';

export const OWNER = { email: 'owner@example.com', password: 'Segmind-2026' };

export interface StoredCredential {
	id: string;
	name: string;
}

export type StoredWorkflow = WorkflowJson & { id: string; versionId?: string };

export interface NodeRun {
	error?: { message: string; description?: string; httpCode?: string };
	executionStatus: string;
	hints?: Array<{ message: string }>;
	data?: Partial<Record<'main' | 'ai_tool', Array<INodeExecutionData[] | null>>>;
}

/** An execution in n8n's list. */
export interface ListedExecution {
	id: string;
	status: string;
	/** In ISO 8601; null while it is not over. */
	stoppedAt?: string | null;
}

/** Whether an execution with this status is not over. */
export function isUnderway(status: string): boolean {
	return ['new', 'running', 'waiting'].includes(status);
}

/** An execution that has ended. */
export interface Execution {
	id: string;
	status: string;
	/** What each node did, by node name. */
	runs: Record<string, NodeRun[]>;
	error?: { message: string; description?: string };
}

/** Makes the requests that an n8n's editor sends to its server, as its owner. */
export class Client {
	/** The session, for a browser. */
	cookie = '';

	private readonly http: AxiosInstance;

	constructor(readonly url: string) {
		this.http = axios.create({
			baseURL: url,
			// The editor window that an execution belongs to. No browser-id: the session then also fits a real browser.
			headers: { 'push-ref': randomUUID() },
			validateStatus: () => true,
			maxRedirects: 0,
		});
	}

	/** Creates the owner's account, unless this n8n has one, and signs in. */
	async signIn(): Promise<void> {
		const { userManagement } = await this.get<{
			userManagement: { showSetupOnFirstLoad?: boolean };
		}>('/rest/settings');
		if (userManagement.showSetupOnFirstLoad !== false) {
			await this.post('/rest/owner/setup', { ...OWNER, firstName: 'Olga', lastName: 'Owner' });
		}
		const { headers } = await this.http.post('/rest/login', {
			emailOrLdapLoginId: OWNER.email,
			password: OWNER.password,
		});
		const cookies = headers['set-cookie'] ?? [];
		this.cookie = cookies.map((line) => line.split(';')[0]).join('; ');
		this.http.defaults.headers.common.cookie = this.cookie;
	}

	async get<T>(path: string): Promise<T> {
		return await this.send('get', path);
	}

	async post<T>(path: string, body: object): Promise<T> {
		return await this.send('post', path, body);
	}

	async patch<T>(path: string, body: object): Promise<T> {
		return await this.send('patch', path, body);
	}

	async delete(path: string): Promise<void> {
		await this.send('delete', path);
	}

	private async send<T>(method: string, path: string, data?: object): Promise<T> {
		const answer = await this.http.request<{ data: T }>({ method, url: path, data });
		if (answer.status >= 400) {
			throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.data)}`);
		}
		return answer.data?.data ?? (answer.data as T);
	}

	/** The bytes of a path that does not return JSON. */
	async bytes(path: string): Promise<{ bytes: Buffer; type: string; status: number }> {
		const { data, headers, status } = await this.http.get<ArrayBuffer>(path, {
			responseType: 'arraybuffer',
		});
		return { bytes: Buffer.from(data), type: String(headers['content-type']), status };
	}

	async addCredential(name: string, type: string, data: object): Promise<StoredCredential> {
		return await this.post('/rest/credentials', { name, type, data });
	}

	/** Does what Save does in the editor. */
	async addWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		return await this.post('/rest/workflows', { settings: {}, active: false, ...workflow });
	}

	/** Does what Save and Publish do in the editor; returns the URL of the workflow's webhook. */
	async publish(workflow: WorkflowJson): Promise<string> {
		const { id, versionId } = await this.addWorkflow(workflow);
		await this.post(`/rest/workflows/${id}/activate`, { versionId });
		const webhook = workflow.nodes.find(({ webhookId }) => webhookId);
		return `${this.url}/webhook/${webhook?.webhookId}`;
	}

	/**
	 * The node types that the editor offers, once they are complete: n8n first answers a change of packages and then
	 * rewrites the lists in place, so for a moment a list may be old or incomplete.
	 */
	async types<T extends { name: string }>(
		kind: 'nodes' | 'credentials',
		isRight: (list: T[]) => boolean,
	): Promise<T[]> {
		return await eventually(`the ${kind} of the package`, 60, async () => {
			const list = await this.get<T[]>(`/types/${kind}.json`);
			return Array.isArray(list) && isRight(list) ? list : undefined;
		});
	}

	/** The newest executions, newest first. */
	async executions(): Promise<ListedExecution[]> {
		const list = await this.get<{ results: ListedExecution[] }>('/rest/executions?limit=100');
		return list.results;
	}

	/** Does what Execute workflow does in the editor, or, with a message, its chat; returns the execution's ID at once. */
	async start(workflow: StoredWorkflow, message?: IDataObject): Promise<string> {
		const trigger = workflow.nodes.find(({ type }) => /trigger$/i.test(type));
		const triggered: ITaskData = {
			startTime: Date.now(),
			executionTime: 0,
			executionIndex: 0,
			executionStatus: 'success',
			data: { main: [[{ json: message ?? {} }]] },
			source: [],
		};
		const { executionId } = await this.post<{ executionId: string }>(
			`/rest/workflows/${workflow.id}/run`,
			{
				workflowData: workflow,
				triggerToStartFrom: { name: trigger?.name, ...(message && { data: triggered }) },
			},
		);
		return executionId;
	}

	/** Does what the button Retry does, with the original workflow; returns the new execution's ID. */
	async retry(executionId: string): Promise<string> {
		const retried = await this.post<{ id?: string; executionId?: string }>(
			`/rest/executions/${executionId}/retry`,
			{ loadWorkflow: false },
		);
		return String(retried.id ?? retried.executionId);
	}

	async stop(executionId: string): Promise<void> {
		await this.post(`/rest/executions/${executionId}/stop`, {});
	}

	/** Waits for the end of an execution. */
	async ended(id: string, seconds = 60): Promise<Execution> {
		return await eventually(`execution ${id}`, seconds, async () => {
			const { status, data } = await this.get<{ status: string; data: string }>(
				`/rest/executions/${id}`,
			);
			if (isUnderway(status)) return undefined;
			const { resultData = {} } = unflatten(data) as {
				resultData?: { runData?: Execution['runs']; error?: Execution['error'] };
			};
			return { id, status, runs: resultData.runData ?? {}, error: resultData.error };
		});
	}

	/** Saves, runs and waits. */
	async run(workflow: WorkflowJson): Promise<Execution> {
		return await this.ended(await this.start(await this.addWorkflow(workflow)));
	}

	/** The bytes of an item's file, wherever n8n stores them. */
	async file({ id, data }: IBinaryData): Promise<Buffer> {
		if (!id) return Buffer.from(data, 'base64');
		return (await this.bytes(`/rest/binary-data?id=${encodeURIComponent(id)}&action=view`)).bytes;
	}
}

/** The items of a node's last run on one output. */
export function itemsOf(execution: Execution, node: string, output = 0): INodeExecutionData[] {
	return execution.runs[node]?.at(-1)?.data?.main?.[output] ?? [];
}

/** The JSON of these items. */
export function jsonOf(execution: Execution, node: string, output = 0): IDataObject[] {
	return itemsOf(execution, node, output).map(({ json }) => json);
}
