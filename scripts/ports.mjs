import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Says, in a sentence, that one of the ports of this machine is in use, and by what, as far as can be seen; undefined if all
 * are free.
 */
export async function portsInUse(ports) {
	for (const port of ports) {
		const error = await tryPort(port);
		if (error?.code === 'EACCES') return `Port ${port} is not allowed; choose one above 1023.`;
		if (error) {
			return (await isN8n(port))
				? `Port ${port} is taken by another n8n, perhaps by an earlier start: look at http://127.0.0.1:${port}.`
				: `Port ${port} is taken by another program.`;
		}
	}
	return undefined;
}

async function tryPort(port) {
	const server = createServer();
	try {
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		return undefined;
	} catch (error) {
		return error;
	} finally {
		server.close();
	}
}

async function isN8n(port) {
	try {
		const signal = AbortSignal.timeout(2000);
		const answer = await fetch(`http://127.0.0.1:${port}/rest/settings`, { signal });
		return /n8n|userManagement/.test(await answer.text());
	} catch {
		return false;
	}
}
