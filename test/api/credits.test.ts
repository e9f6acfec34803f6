import { getCredits } from '../../nodes/api/credits';
import { startSimulator, type ScriptedAnswer, type Simulator } from '../simulator/simulator';
import { connectionTo } from './connectionTo';

let sim: Simulator;

beforeAll(async () => (sim = await startSimulator()));
beforeEach(() => sim.reset());
afterAll(async () => await sim.close());

const balanceOf = async (answer: ScriptedAnswer) => {
	sim.script({ answer });
	return await getCredits(await connectionTo(sim));
};

it.each<[what: string, body: object, credits: number, freeCredits: number, total: number]>([
	['as documented', { credits: 12.5, 'free-credits': 2 }, 12.5, 2, 14.5],
	['in the other spelling', { credits: 12.5, free_credits: 2 }, 12.5, 2, 14.5],
	['as text', { credits: '12.5', 'free-credits': '2' }, 12.5, 2, 14.5],
	['without free credits', { credits: 12.5 }, 12.5, 0, 12.5],
	['of nothing', { credits: 0, 'free-credits': 0 }, 0, 0, 0],
	// In binary fractions the sum is 0.30000000000000004.
	['whose sum ends in noise', { credits: 0.1, 'free-credits': 0.2 }, 0.1, 0.2, 0.3],
	['below zero', { credits: -0.5, 'free-credits': 0 }, -0.5, 0, -0.5],
])('reads a balance %s', async (_what, body, credits, freeCredits, totalCredits) => {
	expect(await balanceOf({ body })).toEqual({ credits, freeCredits, totalCredits });
	expect(sim.requests).toMatchObject([{ method: 'GET', path: '/v1/get-user-credits' }]);
});

it('reads a valid key without a record as a zero balance', async () => {
	const answer = { status: 404, body: { error: 'No credits found for the user' } };
	expect(await balanceOf(answer)).toEqual({ credits: 0, freeCredits: 0, totalCredits: 0 });
});

it.each<[what: string, answer: ScriptedAnswer, message: string]>([
	['another 404', { status: 404, body: { error: 'Not Found' } }, 'Segmind has no such endpoint'],
	['a refused key', { status: 401, body: { error: 'no' } }, 'Segmind did not accept the API key'],
	['a page', { body: '<html></html>' }, 'A web page came instead of Segmind’s answer'],
	['no number', { body: { credits: 'many' } }, 'Segmind’s answer could not be understood'],
	[
		'free credits alone',
		{ body: { 'free-credits': 2 } },
		'Segmind’s answer could not be understood',
	],
	['another good status', { status: 204, body: '' }, 'unexpected status 204'],
])('rejects %s', async (_what, answer, message) => {
	await expect(balanceOf(answer)).rejects.toThrow(message);
});
