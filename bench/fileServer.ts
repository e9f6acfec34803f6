/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
/*
 * The simulator of bench/files.ts, in a separate process, so that its memory and work are not measured.
 */
import { createHash } from 'node:crypto';
import {
	startSimulator,
	type RecordedRequest,
	type SimulatorCredential,
} from '../test/simulator/simulator';
import { blocks } from './fileBytes';

/** What the measured processes need to know about the server. */
export interface FileServer {
	credential: SimulatorCredential;
	large: Result;
	/** To warm up. */
	small: Result;
	/** Of the large file. */
	sha256: string;
}

/** A finished job and its file. */
export interface Result {
	requestId: string;
	url: string;
}

/** A request to the server; `delaySeconds` sets how long uploads take from now on. */
export interface Question {
	delaySeconds: number;
}

/** The digests of what was uploaded since the last question. */
export type Uploaded = string[];

async function serve(megabytes: number): Promise<void> {
	const simulator = await startSimulator();
	const large = Buffer.concat([...blocks('film', megabytes)]);
	const publish = (bytes: Buffer) => simulator.publish(bytes, 'film.mp4', 'video/mp4');
	const server: FileServer = {
		credential: simulator.credential,
		large: { requestId: 'large-film', url: publish(large) },
		small: { requestId: 'small-film', url: publish(large.subarray(0, 100_000)) },
		sha256: createHash('sha256').update(large).digest('hex'),
	};
	const finished = ({ path }: RecordedRequest) => {
		const { url } = path.includes(server.large.requestId) ? server.large : server.small;
		return { body: { status: 'COMPLETED', output: url } };
	};
	const script = (delaySeconds: number) => {
		const answer = { delaySeconds, transform: <T>(normal: T) => normal };
		simulator.script({ origin: 'storage', times: Infinity, answer });
		simulator.script({ path: /^\/v2\/requests\//, times: Infinity, answer: finished });
	};
	process.on('message', ({ delaySeconds }: Question) => {
		const uploaded: Uploaded = simulator.uploads.map(({ sha256 }) => sha256);
		simulator.reset();
		script(delaySeconds);
		process.send?.(uploaded);
	});
	process.on('disconnect', () => process.exit());
	script(0);
	process.send?.(server);
}

void serve(Number(process.argv[2]));
