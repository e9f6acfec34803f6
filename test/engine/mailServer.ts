/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** A mail server on this machine that accepts every message and delivers none. */
export interface MailServer {
	/** The messages so far, headers included. */
	readonly messages: string[];
	/** n8n's credential for it, of type `smtp`. */
	readonly credential: ICredentialDataDecryptedObject;
	close(): Promise<void>;
}

/** Starts it on a free loopback port. It speaks only the SMTP (RFC 5321) that plain mail without authentication needs. */
export async function startMailServer(): Promise<MailServer> {
	const messages: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		// A client that disconnects early is not this server's concern.
		socket.on('error', () => socket.destroy());
		converse(socket, messages);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		messages,
		credential: { host: '127.0.0.1', port, secure: false, disableStartTls: true },
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function converse(socket: Socket, messages: string[]): void {
	let text = '';
	let letter: string[] | undefined;
	const say = (line: string) => socket.write(`${line}\r\n`);
	const hear = (line: string) => {
		if (letter && line !== '.') {
			letter.push(line);
		} else if (letter) {
			messages.push(letter.join('\n'));
			letter = undefined;
			say('250 Taken');
		} else if (/^DATA$/i.test(line)) {
			letter = [];
			say('354 Go on');
		} else if (/^QUIT$/i.test(line)) {
			socket.end('221 Bye\r\n');
		} else {
			say('250 Fine');
		}
	};
	say('220 Test');
	socket.setEncoding('utf8').on('data', (data: string) => {
		const lines = (text + data).split('\r\n');
		text = lines.pop() ?? '';
		lines.forEach(hear);
	});
}
