/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from './n8nFolder';

const probeNode = `
const { NodeOperationError } = require('n8n-workflow');
exports.Probe = class {
	description = {
		displayName: 'Probe', name: 'probe', group: ['transform'], version: 1, description: '', defaults: { name: 'Probe' },
		inputs: ['main'], outputs: ['main'], credentials: [{ name: 'probeApi', required: true }],
		properties: [
			{ displayName: 'Action', name: 'action', type: 'string', default: 'request' },
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
		],
	};
	methods = {
		listSearch: {
			async search(filter, paginationToken) {
				const action = this.getCurrentNodeParameter('action');
				return { results: [{ name: [filter, paginationToken, action].join(), value: 1 }] };
			},
		},
		resourceMapping: {
			async fields() {
				const { key } = await this.getCredentials('probeApi');
				return { fields: [{ id: key, displayName: key, required: false, defaultMatch: false, display: true }] };
			},
		},
		loadOptions: {
			async options() {
				return await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', {
					url: this.getCurrentNodeParameter('url'),
				});
			},
		},
	};
	async execute() {
		if (this.getNodeParameter('action', 0) === 'wait') {
			const cancel = this.getExecutionCancelSignal();
			const stopped = new Promise((resolve) => cancel.addEventListener('abort', resolve));
			await this.helpers.httpRequest({ url: this.getNodeParameter('url', 0) });
			await stopped;
			throw new NodeOperationError(this.getNode(), 'Stopped with work under way');
		}
		const answer = await this.helpers.httpRequestWithAuthentication.call(this, 'probeApi', {
			url: this.getNodeParameter('url', 0),
		});
		this.addExecutionHints({ message: 'Asked ' + this.getExecutionId() });
		return [[{ json: answer }]];
	}
};`;

const probeCredential = `
exports.ProbeApi = class {
	name = 'probeApi';
	displayName = 'Probe API';
	properties = [
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://127.0.0.1:1' },
	];
	authenticate = { type: 'generic', properties: { headers: { 'x-key': '={{ $credentials.key.trim() }}' } } };
	test = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/test' },
		rules: [{ type: 'responseCode', properties: { value: 401, message: 'The key is wrong' } }],
	};
};`;

/** Writes a small package whose node returns what the engine provides to a node. */
export async function writeProbePackage(): Promise<string> {
	const parent = join(projectFolder, '.tmp');
	await mkdir(parent, { recursive: true });
	const folder = await mkdtemp(join(parent, 'probe-package-'));
	await mkdir(join(folder, 'dist'));
	await writeFile(join(folder, 'dist', 'Probe.node.js'), probeNode);
	await writeFile(join(folder, 'dist', 'ProbeApi.credentials.js'), probeCredential);
	const n8n = { nodes: ['dist/Probe.node.js'], credentials: ['dist/ProbeApi.credentials.js'] };
	await writeFile(
		join(folder, 'package.json'),
		JSON.stringify({ name: 'n8n-nodes-probe', version: '1.0.0', n8n }),
	);
	return folder;
}
