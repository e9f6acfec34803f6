/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
/**
 * Several executions with one key in real n8n's queue mode, on two workers that know nothing of each other.
 *
 * npm run build && npx tsx bench/queue.ts
 */
import type { INodeParameters } from 'n8n-workflow';
import { missingPackages } from '../scripts/debian-packages.mjs';
import { isInstalled } from '../scripts/n8n-installations.mjs';
import { pack } from '../scripts/pack.mjs';
import type { WorkflowJson } from '../test/engine/workflow';
import type { StoredCredential } from '../test/n8n/client';
import { oneNode, withItems } from '../test/n8n/host';
import { imageParameters, prompts, requestParameters } from './contenders';
import { middle } from './measure';
import { BATCHING, EACH, ITEMS, leastSeconds, PICTURE_SECONDS, PLAN, ROUNDS, RUNS } from './plan';
import { QueueMode, type Together } from './queueMode';
import { RemoteSimulator, type Report } from './remoteSimulator';
import { writeSection } from './section';

const N8N = '2.41';
const DEBIAN = ['redis-server', 'postgresql'];
const WORKERS = 2;
const MAX_TIMES = 1.3;
const LEAST = leastSeconds(ITEMS) + PICTURE_SECONDS;
const TARGET = `nothing failed, at most ${MAX_TIMES} x the least possible ${s(LEAST)}`;
const WHAT = `${RUNS} executions of ${EACH} pictures of ${PICTURE_SECONDS} s at the same moment, ${WORKERS} workers`;

interface Round extends Together {
	report: Report;
	/** From the first accepted request to the answer of the last one; NaN if none was accepted. */
	used: number;
}

function s(seconds: number): string {
	return `${seconds.toFixed(2)} s`;
}

/** What is not there to run n8n with; empty if all is. */
function missing(): string {
	if (!isInstalled(N8N)) {
		return `n8n ${N8N} is not installed; \`npm run test:n8n -- queue\` installs it`;
	}
	const packages = missingPackages(DEBIAN);
	return packages.length ? `Debian’s ${packages.join(' and ')} are not installed` : '';
}

/** Segmind's node, or in its place n8n's HTTP Request node, in a workflow with the items. */
function workflowOf(
	parameters: INodeParameters,
	credential: StoredCredential,
	instead: Partial<WorkflowJson['nodes'][number]> = {},
): WorkflowJson {
	const workflow = oneNode('segmindGenerateImage', parameters, credential);
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Segmind' ? { ...node, ...instead } : node,
	);
	return withItems(
		{ ...workflow, nodes },
		prompts(EACH).map(({ json }) => json),
	);
}

/** The two workflows' webhooks. */
async function publish(mode: QueueMode, { credential }: RemoteSimulator) {
	const { client } = mode.n8n;
	const segmindApi = await client.addCredential('Segmind account', 'segmindApi', credential);
	const ours = workflowOf(imageParameters({ options: { mode: 'sync' } }), segmindApi);
	const header = { name: 'x-api-key', value: credential.apiKey };
	const httpHeaderAuth = await client.addCredential('Key', 'httpHeaderAuth', header);
	const node = workflowOf(requestParameters(credential.baseUrl, BATCHING), segmindApi, {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.4,
		credentials: { httpHeaderAuth },
	});
	return { ours: await mode.publish(ours, 'ours'), node: await mode.publish(node, 'node') };
}

function facts({ used, succeeded, failed, shares, seconds, report }: Round): string {
	const done = `${report.acceptedAt.length} pictures`;
	const time = failed ? '' : ` in ${s(used)}, ${(used / LEAST).toFixed(2)} x`;
	return [
		`${done}${time}`,
		`${failed} of ${succeeded + failed} executions failed`,
		`${report.refused} of ${report.requests} requests refused`,
		`${shares.join(' and ')} executions on the workers`,
		`the last one over after ${s(seconds)}`,
	].join(', ');
}

interface Row {
	ours: string;
	node: string;
	verdict: 'reached' | 'MISSED' | 'skipped';
}

async function measure(): Promise<Row> {
	const simulator = await RemoteSimulator.start({
		seconds: [PICTURE_SECONDS, PICTURE_SECONDS],
		rateLimit: PLAN,
	});
	try {
		const mode = await QueueMode.start(pack(), WORKERS);
		try {
			return await rounds(mode, simulator);
		} finally {
			await mode.stop();
		}
	} finally {
		await simulator.stop();
	}
}

async function rounds(mode: QueueMode, simulator: RemoteSimulator): Promise<Row> {
	const urls = await publish(mode, simulator);
	const round = async (url: string): Promise<Round> => {
		await simulator.reset();
		const together = await mode.run(url, RUNS);
		const report = await simulator.report();
		const { acceptedAt: at } = report;
		const used = (Math.max(...at) - Math.min(...at)) / 1000 + PICTURE_SECONDS;
		const measured = { ...together, report, used };
		console.log(facts(measured));
		return measured;
	};
	const first = await round(urls.ours);
	const later: Round[] = [];
	for (let count = 0; count < ROUNDS; count++) later.push(await round(urls.ours));
	const node = await round(urls.node);
	const typical = middle(later, ({ used }) => used);
	const isReached = [first, ...later].every(isWhole) && typical.used <= MAX_TIMES * LEAST;
	return {
		ours: `${facts(typical)}; the first time, with nothing known of the key: ${facts(first)}`,
		node: `one per ${BATCHING.batchInterval} ms each ${facts(node)}`,
		verdict: isReached ? 'reached' : 'MISSED',
	};
}

function isWhole({ failed, report }: Round): boolean {
	return failed === 0 && report.acceptedAt.length === ITEMS;
}

async function main(): Promise<void> {
	const reason = missing();
	if (reason) console.log(`skipped: ${reason}`);
	const { ours, node, verdict }: Row = reason
		? { ours: `not measured here: ${reason}`, node: '–', verdict: 'skipped' }
		: await measure();
	writeSection(
		'queue',
		[
			'## Several executions with one key in queue mode',
			'',
			`\`npx tsx bench/queue.ts\`: a real n8n ${N8N} in queue mode, with Redis and Postgres, started by webhooks; a plan of`,
			`${PLAN.requestsPerMinute} requests a minute with a burst of ${PLAN.burst}; the median of ${ROUNDS} rounds. The time is from the first request that was accepted to the`,
			'answer of the last one, and “x” is that over the least that the plan allows. The workers do not know of each other: each',
			'learns from its own answers what the plan leaves to it.',
			'',
			'| | this package | HTTP Request node | target | |',
			'|---|---|---|---|---|',
			`| ${[WHAT, ours, node, TARGET, verdict].join(' | ')} |`,
		].join('\n'),
	);
	if (verdict === 'MISSED') process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
