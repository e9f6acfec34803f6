/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { createServer } from 'node:http';
import type { Client } from './client';

export interface StartPage {
	url: string;
	close(): Promise<void>;
}

/**
 * An address that opens the list of workflows, signed in: a cookie belongs to a host, whatever the port, so this server can
 * set n8n's.
 */
export async function startStartPage(client: Client, port: number): Promise<StartPage> {
	const server = createServer((_request, response) => {
		response
			.writeHead(302, {
				'set-cookie': `${client.cookie}; Path=/; HttpOnly; SameSite=Lax`,
				location: `${client.url}/home/workflows`,
			})
			.end();
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${port}/`,
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			await closed;
		},
	};
}
