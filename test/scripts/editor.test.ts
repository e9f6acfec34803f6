/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs outside n8n */
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { root } from '../docs/page';

/** Starts `npm run editor` as far as it comes without ports of its own. */
async function editor(...args: string[]): Promise<{ code: number; text: string }> {
	return await new Promise((resolve) => {
		const script = join(root, 'scripts/n8n.mjs');
		execFile(process.execPath, [script, 'editor', ...args], (error, stdout, stderr) => {
			resolve({ code: Number(error?.code ?? 0), text: `${stdout}${stderr}`.trim() });
		});
	});
}

/** A server on a port of its own, in the middle of the ports that the editor may take. */
async function serverWith(body: string): Promise<{ server: Server; port: number }> {
	const server = createServer((_request, response) => response.end(body));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, port: (server.address() as AddressInfo).port };
}

it.each([
	['another n8n, perhaps by an earlier start: look at', '{"data":{"userManagement":{}}}'],
	['another program', 'hello'],
])('says that the port is taken by %s, before it does anything', async (who, body) => {
	const { server, port } = await serverWith(body);
	const { code, text } = await editor('--port', String(port));
	server.close();

	expect(code).toBe(1);
	expect(text).toContain(`Port ${port} is taken by ${who}`);
	expect(text).toContain(`npm run editor -- --port ${port + 100}`);
	expect(text.split('\n')).toHaveLength(1);
});

it.each([
	['--port x', '--port x is not usable; see --help'],
	['--port 65530', '--port 65530 is not usable; see --help'],
	['--speed 0', '--speed 0 is not usable; see --help'],
	['--nonsense', "Unknown option '--nonsense'; see --help"],
])('refuses %s in one line', async (words, message) => {
	expect(await editor(...words.split(' '))).toEqual({ code: 1, text: message });
});

it('explains its options', async () => {
	const { code, text } = await editor('--help');

	expect(code).toBe(0);
	for (const option of ['--port', '--speed', '--fresh']) expect(text).toContain(option);
});
