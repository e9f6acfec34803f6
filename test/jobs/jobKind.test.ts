import { connectionTo } from '../api/connectionTo';
import { jobApi, type JobKind } from '../../nodes/jobs/jobKind';
import { startSimulator, type Simulator } from '../simulator/simulator';

const UUID = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';
const HEX = '0123456789abcdef0123456789ABCDEF';

let sim: Simulator;

beforeAll(async () => (sim = await startSimulator()));
afterAll(async () => await sim.close());

it.each<[kind: JobKind, requestId: string, path: string, hasFetch: boolean]>([
	['model', UUID, `/v2/requests/${UUID}/status`, true],
	['model', HEX, `/v2/requests/${HEX}/status`, true],
	['pixelFlow', UUID, `/v2/requests/${UUID}/status`, true],
	// The poll includes the output.
	['pixelFlow', HEX, `/workflows/request/${HEX}`, false],
	['pixelFlow', `${HEX}0`, `/v2/requests/${HEX}0/status`, true],
])('polls a %s job with ID %s at %s', async (kind, requestId, path, hasFetch) => {
	sim.reset();
	sim.script({ path, answer: { body: { status: 'PROCESSING' } } });
	const api = jobApi(kind, requestId);
	expect(await api.poll(await connectionTo(sim), requestId)).toMatchObject({
		state: { status: 'PROCESSING' },
	});
	expect(sim.requests.map((request) => request.path)).toEqual([path]);
	expect(api.fetch !== undefined).toBe(hasFetch);
});
