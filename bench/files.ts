/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs outside n8n, and each measurement in a process of its own */
/**
 * The cost of large files: peak memory above an idle n8n engine, and time. Binaries are on disk, as on a default n8n;
 * the server is another process, and each measurement is made in a fresh one.
 *
 * npm run build && npx tsx bench/files.ts
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { FileServer, Question, Uploaded } from './fileServer';
import type { Measured, Task } from './fileWork';
import { writeSection } from './section';

const UPLOAD_MB = 200;
const DOWNLOAD_MB = 500;
const SEVERAL = 10;
const SEVERAL_MB = 20;
const SERVER_SECONDS = 1;

interface Row {
	what: string;
	measured: Measured;
	/** Maximum memory above idle, in megabytes; null for a mere comparison. */
	maxMegabytes: number | null;
}

async function main(): Promise<void> {
	const serverProcess = start('fileServer.ts', String(DOWNLOAD_MB));
	const [server] = (await once(serverProcess, 'message')) as [FileServer];
	const upload = {
		server,
		work: 'upload',
		files: 1,
		megabytes: UPLOAD_MB,
		concurrency: 5,
	} as const;
	const several = { ...upload, files: SEVERAL, megabytes: SEVERAL_MB };
	const download = { server, work: 'download', files: 1, megabytes: 0, concurrency: 1 } as const;
	const rows: Row[] = [];
	const measure = async (what: string, task: Task, maxMegabytes: number | null = null) => {
		const delaySeconds = task.files > 1 ? SERVER_SECONDS : 0;
		await ask(serverProcess, { delaySeconds });
		const measured = await inFreshProcess(task);
		const arrived = await ask(serverProcess, { delaySeconds: 0 });
		const wanted = task.work === 'upload' ? measured.digests : [server.sha256];
		const came = task.work === 'upload' ? arrived : measured.digests;
		const missing = wanted.filter((digest) => !came.includes(digest));
		if (missing.length) throw new Error(`${what}: ${missing.length} files did not arrive whole`);
		rows.push({ what, measured, maxMegabytes });
		process.stdout.write(`${textOf(rows.at(-1)!)}\n`);
		return measured.seconds;
	};

	const one = `Upload of one ${UPLOAD_MB} MB file`;
	await measure(`${one}: Segmind Upload Asset`, { ...upload, way: 'package' }, 64);
	await measure(`${one}: the plain way`, { ...upload, way: 'plain' });
	const result = `Download of one ${DOWNLOAD_MB} MB result`;
	await measure(`${result}: Segmind Check Status`, { ...download, way: 'package' }, 64);
	await measure(`${result}: n8n’s HTTP Request node`, { ...download, way: 'httpRequest' });
	await measure(`${result}: the plain way`, { ...download, way: 'plain' });
	const ten = `${SEVERAL} uploads of ${SEVERAL_MB} MB`;
	const atOnce = await measure(`${ten}, 5 at once`, { ...several, way: 'package' }, 128);
	const inTurn = await measure(`${ten}, 1 at once`, { ...several, way: 'package', concurrency: 1 });
	await measure(`${ten}: the plain way`, { ...several, way: 'plain' });
	serverProcess.disconnect();

	const faster = inTurn / atOnce;
	const missed = rows.some((row) => judge(row) === 'MISSED') || faster < 3;
	writeSection('files', report(rows, faster));
	process.stdout.write(`5 at once are ${faster.toFixed(1)} times as fast as 1 (target 3)\n`);
	if (missed) process.exitCode = 1;
}

function start(file: string, ...args: string[]): ChildProcess {
	const execArgv = ['--require', require.resolve('tsx/cjs'), '--expose-gc'];
	return fork(join(__dirname, file), args, { execArgv });
}

async function ask(server: ChildProcess, question: Question): Promise<Uploaded> {
	const answered = once(server, 'message');
	server.send(question);
	const [uploaded] = (await answered) as [Uploaded];
	return uploaded;
}

async function inFreshProcess(task: Task): Promise<Measured> {
	const child = start('fileWork.ts');
	child.send(task);
	const died = once(child, 'exit').then(([code]) => {
		throw new Error(`A measured process ended with exit code ${String(code)}`);
	});
	const [measured] = (await Promise.race([once(child, 'message'), died])) as [Measured];
	await died.catch(() => {});
	return measured;
}

function judge({ measured, maxMegabytes }: Row): string {
	if (maxMegabytes === null) return '';
	return measured.megabytesOver <= maxMegabytes ? 'reached' : 'MISSED';
}

function cells(row: Row): [string, string, string, string, string] {
	const { what, measured, maxMegabytes } = row;
	return [
		what,
		`${measured.megabytesOver.toFixed(0)} MB`,
		maxMegabytes === null ? '' : `at most ${maxMegabytes} MB`,
		judge(row),
		`${measured.seconds.toFixed(1)} s`,
	];
}

function textOf(row: Row): string {
	const [what, memory, target, judged, time] = cells(row);
	return `${what.padEnd(60)} ${memory.padStart(8)} ${target.padStart(16)} ${judged.padEnd(8)} ${time}`;
}

function report(rows: Row[], faster: number): string {
	return [
		'## Large files',
		'',
		`\`npx tsx bench/files.ts\`: the highest memory over that of the idle engine, each in a fresh process, binaries on disk (Node ${process.version}, ${cpus().length} cores, everything on one machine). The plain way reads all, encodes all, and posts it with axios, or downloads with axios into one buffer. For several files the server takes ${SERVER_SECONDS} s per request.`,
		'',
		'| | memory over idle | target | | time |',
		'|---|---|---|---|---|',
		...rows.map((row) => `| ${cells(row).join(' | ')} |`),
		'',
		`${SEVERAL} uploads with 5 at once are ${faster.toFixed(1)} times as fast as one after the other (target: 3 times, ${faster >= 3 ? 'reached' : 'MISSED'}).`,
	].join('\n');
}

void main();
