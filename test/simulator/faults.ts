/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Answer, Fault } from './types';
import type { VirtualTime } from './virtualTime';

export interface Scene {
	request: IncomingMessage;
	response: ServerResponse;
	time: VirtualTime;
	/** What would have been answered. */
	normal: Answer;
	location: string | undefined;
	status: number | undefined;
}

const CHUNK = Buffer.alloc(64 * 1024, 'x');
const BOMB_MEGABYTES = 64;
const PIECES = 20;

/** A gzip file may have many members: one megabyte is compressed, and repeated. */
function gzipBomb(): Buffer {
	const member = gzipSync(Buffer.alloc(1024 * 1024, ' '), { level: 9 });
	return Buffer.concat(Array.from({ length: BOMB_MEGABYTES }, () => member));
}

function compressed({ status, headers, body }: Answer): Answer {
	return { status, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body) };
}

/** How each fault damages an answer. */
const FAULTS: Record<Fault, (scene: Scene) => void | Promise<void>> = {
	reset: cut,
	resetAfterBody: cut,
	resetMidAnswer: async (scene) => {
		await sendHalf(scene);
		cut(scene);
	},
	hang: () => {},
	hangInBody: sendHalf,
	endlessBody: ({ response, normal }) => {
		// Chunked: an announced length would end it.
		response.writeHead(normal.status, normal.headers);
		response.write(normal.body.subarray(0, normal.body.length / 2));
		const more = () => {
			while (!response.destroyed && response.write(CHUNK));
			if (!response.destroyed) response.once('drain', () => setImmediate(more));
		};
		more();
	},
	slowBody: async ({ response, normal, time }) => {
		response.writeHead(normal.status, withLength(normal));
		const size = Math.ceil(normal.body.length / PIECES) || 1;
		for (let at = 0; at < normal.body.length && !response.destroyed; at += size) {
			response.write(normal.body.subarray(at, at + size));
			await time.seconds(1);
		}
		response.end();
	},
	truncate: async (scene) => {
		await sendHalf(scene);
		scene.request.socket.end();
	},
	gzipBomb: ({ response, normal }) => {
		const body = gzipBomb();
		const headers = { ...normal.headers, 'content-encoding': 'gzip' };
		response.writeHead(normal.status, withLength({ ...normal, headers, body }));
		response.end(body);
	},
	compressed: (scene) => {
		whole(scene, compressed(scene.normal));
	},
	cutCompressed: async (scene) => {
		await sendHalf({ ...scene, normal: compressed(scene.normal) });
		cut(scene);
	},
	brokenJson: (scene) => {
		const text = scene.normal.body.toString('latin1');
		const isJson = /^\s*[[{]/.test(text);
		const body = Buffer.from(
			isJson ? text.slice(0, Math.ceil(text.length / 2)) : '{"status": "COMP',
			'latin1',
		);
		whole(scene, { ...scene.normal, headers: { 'content-type': 'application/json' }, body });
	},
	wrongContentType: (scene) => {
		const headers = { ...scene.normal.headers, 'content-type': 'text/plain; charset=utf-8' };
		whole(scene, { ...scene.normal, headers });
	},
	emptyBody: (scene) => {
		whole(scene, { ...scene.normal, body: Buffer.alloc(0) });
	},
	redirect: (scene) => {
		const headers = { location: scene.location ?? '/', 'content-type': 'text/html' };
		whole(scene, { status: scene.status ?? 302, headers, body: Buffer.from('Found') });
	},
};

/** Answers with a fault instead of the normal answer. */
export async function inflict(fault: Fault, scene: Scene): Promise<void> {
	await FAULTS[fault](scene);
}

/** What a fault damages when no work was done for it. */
export const unprocessed: Answer = {
	status: 200,
	headers: { 'content-type': 'application/json' },
	body: Buffer.from(JSON.stringify({ status: 'QUEUED', padding: '.'.repeat(1000) })),
};

/** A real reset (RST), as a dying gateway sends it, not an orderly end. */
function cut({ request }: Scene): void {
	request.socket.resetAndDestroy();
}

/** Announces the whole and sends half of it; resolves when the half has left. */
async function sendHalf({ response, normal }: Scene): Promise<void> {
	response.writeHead(normal.status, withLength(normal));
	const half = normal.body.subarray(0, Math.ceil(normal.body.length / 2));
	await new Promise<void>((resolve) => {
		response.write(half, () => {
			// A client in another process gets the time; one in this process also two turns of the loop, because after a long
			// one the timer comes before the reading. What has not been read is lost with a reset connection.
			setTimeout(() => setImmediate(() => setImmediate(resolve)), 20);
		});
	});
}

function whole({ response }: Scene, answer: Answer): void {
	response.writeHead(answer.status, withLength(answer));
	response.end(answer.body);
}

function withLength({ headers, body }: Answer): Record<string, string> {
	return { ...headers, 'content-length': String(body.length) };
}
