/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { redirectGoogle } from './googleHosts';
import type { NodeJson, WorkflowJson } from './workflow';

type Cell = string | number;

/** Google Sheets and Google Drive on this machine: one sheet, and the files that were uploaded. */
export interface Google {
	/** The cells, row by row; the first row has the names of the columns. */
	sheet: Cell[][];
	readonly files: Array<{ id: string; name: string; bytes: Buffer }>;
	/** How many rows each request to write into the sheet was for. */
	readonly writes: number[];
	/** Names of files that Drive refuses. */
	refused: RegExp | undefined;
	/** n8n's credential for it, of type `googleApi` (a service account). */
	readonly credential: ICredentialDataDecryptedObject;
	/** The environment with which another n8n uses it. */
	readonly env: NodeJS.ProcessEnv;
	/** The rows by the names of the columns, as n8n's node reads them. */
	rows(): Array<Record<string, Cell>>;
	close(): Promise<void>;
}

interface Answer {
	status?: number;
	headers?: Record<string, string>;
	body: unknown;
}

const TITLE = 'Sheet1';

/**
 * Starts it on a free loopback port. Requests of this process to googleapis.com go there until it is closed: n8n's nodes
 * have that host built in.
 */
export async function startGoogle(): Promise<Google> {
	const files: Google['files'] = [];
	const writes: number[] = [];
	const names = new Map<string, string>();
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	let endRedirect = () => {};
	const google: Google = {
		env: { NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'googleHosts.js'))}` },
		sheet: [],
		files,
		writes,
		refused: undefined,
		credential: {
			email: 'test@example.com',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
		},
		rows: () => {
			const [columns = [], ...rows] = google.sheet;
			return rows.map((row) =>
				Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ''])),
			);
		},
		close: async () => {
			endRedirect();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};

	const answer = async (request: IncomingMessage): Promise<Answer> => {
		const { pathname } = new URL(request.url!, 'http://google');
		const bytes = await buffer(request);
		const json = () => JSON.parse(bytes.toString()) as Record<string, unknown>;
		if (pathname === '/token') return { body: { access_token: 'token', expires_in: 3600 } };
		if (pathname.endsWith('/values:batchUpdate')) {
			const data = json().data as Array<{ range: string; values: Cell[][] }>;
			writes.push(new Set(data.map(({ range }) => cellOf(range).row)).size);
			for (const { range, values } of data) {
				const { row, column } = cellOf(range);
				google.sheet[row]![column] = values[0]![0]!;
			}
			return { body: {} };
		}
		// Google leaves empty cells at the end of a row out.
		if (pathname.includes('/values/')) return { body: { values: google.sheet.map(trimmed) } };
		if (pathname.startsWith('/v4/spreadsheets/')) {
			return { body: { sheets: [{ properties: { sheetId: 0, title: TITLE } }] } };
		}
		if (request.method === 'POST' && pathname === '/upload/drive/v3/files') {
			const id = `file-${names.size + 1}`;
			names.set(id, String(json().name));
			return { headers: { location: `https://www.googleapis.com/put/${id}` }, body: {} };
		}
		if (request.method === 'PUT' && pathname.startsWith('/put/')) {
			const id = pathname.slice('/put/'.length);
			const name = names.get(id)!;
			// Not earlier: n8n's node then leaves the file open that it has not begun to read, which Node 26 takes for an error.
			if (google.refused?.test(name)) {
				return { status: 403, body: { error: { code: 403, message: 'The storage is full' } } };
			}
			files.push({ id, name, bytes });
			return { body: { id } };
		}
		if (request.method === 'PATCH') {
			const id = pathname.split('/').at(-1)!;
			return { body: { id, name: names.get(id), webViewLink: linkOf(id) } };
		}
		return { status: 404, body: { error: { message: `Not here: ${pathname}` } } };
	};

	const server = createServer((request, response) => {
		void answer(request).then(({ status = 200, headers = {}, body }) => {
			response.writeHead(status, { 'content-type': 'application/json', ...headers });
			response.end(JSON.stringify(body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	google.env.SEGMIND_TEST_GOOGLE = String(port);
	endRedirect = redirectGoogle(port);
	return google;
}

/** A template with the user's own sheet and account chosen. */
export function withSheet(json: WorkflowJson): WorkflowJson {
	const sheet = { __rl: true, mode: 'id', value: 'sheet' };
	const nodes = json.nodes.map((node) => {
		if (!/google/.test(node.type)) return node;
		const places = /Sheets/.test(node.type)
			? { documentId: sheet, sheetName: { __rl: true, mode: 'name', value: TITLE } }
			: {};
		const parameters = { ...node.parameters, ...places, authentication: 'serviceAccount' };
		return { ...node, parameters, waitBetweenTries: 0 } as NodeJson;
	});
	return { ...json, nodes };
}

/** An empty sheet of the template sheet-to-drive.json, with so many prompts. */
export function sheetOfPrompts(rows: number): Cell[][] {
	const prompts = Array.from({ length: rows }, (_, at) => [at + 1, `picture of row ${at + 1}`]);
	return [
		['id', 'prompt', 'picture', 'cost', 'failure'],
		...prompts.map((cells) => [...cells, '', '', '']),
	];
}

/** Where Drive shows a file. */
export const linkOf = (id: string) => `https://drive.google.com/file/d/${id}/view`;

function cellOf(range: string): { row: number; column: number } {
	const [, letter = 'A', number = '1'] = /!([A-Z])(\d+)$/.exec(range) ?? [];
	return { row: Number(number) - 1, column: letter.charCodeAt(0) - 'A'.charCodeAt(0) };
}

function trimmed(row: Cell[]): Cell[] {
	return row.slice(0, row.findLastIndex((cell) => cell !== '' && cell !== undefined) + 1);
}
