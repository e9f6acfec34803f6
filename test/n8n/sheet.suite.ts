/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { linkOf, sheetOfPrompts, startGoogle, withSheet, type Google } from '../engine/google';
import { jsonOf, type StoredWorkflow } from './client';
import { startHost, type Host } from './host';
import { connected, readTemplate } from './templates';
import { testedVersion } from './versions';

const { name: version } = testedVersion();

/** As many as the template promises; an older n8n shows with fewer that it runs there too. */
const ROWS = version === '2.8' ? 60 : 500;

const BATCH = 25;

/** For one start. */
const PATIENCE_SECONDS = 300;

/** Those that Google Drive refuses at first. */
const REFUSED = [9, 30];

describe(`the template sheet-to-drive.json with ${ROWS} rows in n8n ${version}`, () => {
	let host: Host;
	let google: Google;
	let workflow: StoredWorkflow;

	before(async () => {
		google = await startGoogle();
		// The request history, from which a second start takes what is paid, needs n8n's own time.
		host = await startHost({ env: google.env }, 1, 0.2);
		const { client } = host.n8n;
		const googleApi = await client.addCredential('Google', 'googleApi', google.credential);
		const template = withSheet(readTemplate('sheet-to-drive.json'));
		workflow = await client.addWorkflow(connected(template, { segmindApi: host.good, googleApi }));
		google.sheet = sheetOfPrompts(ROWS);
	});

	after(async () => {
		await host?.close();
		await google?.close();
	});

	const start = async () => {
		const { client } = host.n8n;
		const execution = await client.ended(await client.start(workflow), PATIENCE_SECONDS);
		assert.equal(execution.status, 'success', JSON.stringify(execution.error));
		return execution;
	};

	const without = (column: string) => google.rows().flatMap((row) => (row[column] ? [] : [row.id]));

	it('makes a picture for each, batch by batch, and marks the rows whose picture was not stored', async () => {
		google.refused = new RegExp(`^(${REFUSED.join('|')})\\.`);
		const made = ROWS - REFUSED.length;
		assert.deepEqual(jsonOf(await start(), 'Report'), [
			{ pictures: made, failures: REFUSED.length },
		]);
		assert.equal(google.writes.length, Math.ceil(ROWS / BATCH));
		assert.deepEqual(without('picture'), REFUSED);
		assert.equal(google.files.length, made);
		for (const { id, name, bytes } of google.files) {
			const row = google.rows().find(({ picture }) => picture === linkOf(id));
			assert.equal(name, `${row?.id}.jpg`);
			assert.equal(bytes.subarray(6, 10).toString(), 'JFIF');
		}
	});

	it('makes what is missing when it is started again, and pays for nothing twice', async () => {
		google.refused = undefined;
		for (const id of REFUSED) google.sheet[id]![4] = '';
		await start();
		assert.deepEqual(without('picture'), []);
		assert.equal(google.files.length, ROWS);
		assert.equal(host.simulator.jobs.length, ROWS);
	});
});
