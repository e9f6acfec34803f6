/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import {
	connect as connectTcp,
	createServer,
	type AddressInfo,
	type Server,
	type Socket,
} from 'node:net';
import tls from 'node:tls';
import { selfSigned, type Certificate } from './certificate';

/** What the proxy does with a CONNECT: gives an HTTP answer of its own, hangs up, or opens the tunnel. */
export type ConnectAnswer = 'tunnel' | 'end' | `HTTP/1.1 ${string}`;

/** An HTTP proxy for https addresses, and behind it a server that takes TLS off and leads to the simulator. */
export interface Proxy {
	readonly url: string;
	/** The hosts asked for, in order. */
	readonly connects: string[];
	/** Answers to the next CONNECTs, in order; with none left the tunnel is opened. */
	readonly answers: ConnectAnswer[];
	/** Runs a task with HTTPS_PROXY set to this proxy, as its owner would set it for n8n. */
	use<T>(task: () => Promise<T>): Promise<T>;
	close(): Promise<void>;
}

/**
 * Starts the proxy.
 * @param target the plain http address that each tunnel ends at
 * @param hosts the host name, or wildcard, that the certificate behind the tunnel is made for
 * @param isTrusted false for a certificate that n8n does not know, as of a firewall that looks into https
 */
export async function startProxy(target: string, hosts: string, isTrusted = true): Promise<Proxy> {
	const certificate = selfSigned(hosts);
	const sockets = new Set<Socket>();
	const keep = (socket: Socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		// A client that gives up is no fault of ours.
		socket.on('error', () => socket.destroy());
		return socket;
	};
	const join = (one: Socket, other: Socket) => void one.pipe(other).pipe(one);
	const { port: targetPort } = new URL(target);
	const secure = tls.createServer(certificate, (socket) => {
		join(keep(socket), keep(connectTcp(Number(targetPort), '127.0.0.1')));
	});
	secure.on('tlsClientError', () => {});
	const securePort = await listen(secure);
	const connects: string[] = [];
	const answers: ConnectAnswer[] = [];
	const proxy = createServer((socket) => {
		keep(socket).once('data', (head: Buffer) => {
			connects.push(/^CONNECT (\S+)/.exec(head.toString('latin1'))?.[1] ?? 'no CONNECT');
			const answer = answers.shift() ?? 'tunnel';
			if (answer !== 'tunnel') {
				socket.end(answer === 'end' ? '' : answer);
				return;
			}
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			join(socket, keep(connectTcp(securePort, '127.0.0.1')));
		});
	});
	const url = `http://127.0.0.1:${await listen(proxy)}`;
	return {
		url,
		connects,
		answers,
		use: async (task) => {
			const forget = isTrusted ? trust(certificate) : () => {};
			process.env.HTTPS_PROXY = url;
			try {
				return await task();
			} finally {
				delete process.env.HTTPS_PROXY;
				forget();
			}
		},
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await Promise.all([secure, proxy].map(closed));
		},
	};
}

/** What NODE_EXTRA_CA_CERTS does at the start of a process. Returns how to undo it. */
function trust({ cert }: Certificate): () => void {
	const { connect } = tls;
	tls.connect = ((options: tls.ConnectionOptions) =>
		connect({ ...options, ca: cert })) as typeof tls.connect;
	return () => {
		tls.connect = connect;
	};
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return (server.address() as AddressInfo).port;
}

async function closed(server: Server): Promise<void> {
	await new Promise<void>((done) => server.close(() => done()));
}
