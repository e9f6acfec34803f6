/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { getEventListeners } from 'node:events';
import { startStage, type Stage } from '../engine/stage';
import { model, smallPicture, textOf } from '../faults/runs';

/** In real milliseconds; no other timer here is of this length. */
const PATIENCE_MS = 777;

let stage: Stage;

beforeAll(async () => (stage = await startStage('memory')));
beforeEach(() => stage.sim.reset());
afterEach(() => jest.restoreAllMocks());
afterAll(async () => await stage.close());

const generate = async (options: object, items = 1) =>
	await stage.run(
		'segmindGenerateImage',
		{
			model,
			prompt: '={{ $json.prompt }}',
			options: { ...smallPicture, checkParameters: 'off', ...options },
		},
		{ items: Array.from({ length: items }, (_, item) => ({ json: { prompt: `fox ${item}` } })) },
	);

it.each(['hang', 'hangInBody'] as const)(
	'the timeout of a request covers headers and body together (%s)',
	async (fault) => {
		const { clock } = stage.engine.packageClock();
		const { minTimeoutMs } = clock;
		clock.minTimeoutMs = PATIENCE_MS;
		const timers = jest.spyOn(AbortSignal, 'timeout');
		const started = () => timers.mock.calls.filter(([ms]) => ms === PATIENCE_MS).length;
		let startedBefore = 0;
		// The search for the lost request finds nothing; its own requests have timers too.
		stage.sim.script({ origin: 'catalog', times: Infinity, answer: { body: { requests: [] } } });
		stage.sim.script({
			path: /^\/v1\//,
			answer: () => {
				startedBefore = started();
				return { fault, afterProcessing: true };
			},
		});
		try {
			const run = await generate({ mode: 'sync', timeout: 5, maxRetries: 0 });
			expect(textOf(run)).toMatch(/did not answer in time|connection broke|silent/);
			// It runs before the request is sent, and is not begun anew when the headers have come.
			const searches = stage.sim.requests.filter(({ origin }) => origin === 'catalog').length;
			expect([startedBefore, started() - searches]).toEqual([1, 1]);
		} finally {
			clock.minTimeoutMs = minTimeoutMs;
		}
	},
);

it.each(['reset', 'resetMidAnswer'] as const)(
	'leaves no listener on the signal of the run after failed downloads (%s)',
	async (fault) => {
		const seen = new Set<EventTarget>();
		const add = EventTarget.prototype.addEventListener;
		jest.spyOn(EventTarget.prototype, 'addEventListener').mockImplementation(function (
			this: EventTarget,
			...args
		) {
			if (this instanceof AbortSignal) seen.add(this);
			add.apply(this, args);
		});
		stage.sim.script({ origin: 'files', times: 1000, answer: { fault } });
		const run = await generate({ mode: 'async', maxRetries: 4 }, 6);
		expect(textOf(run)).toMatch(/could not be downloaded/);
		expect(stage.sim.requests.filter(({ origin }) => origin === 'files')).toHaveLength(30);
		const left = [...seen].map((signal) => getEventListeners(signal, 'abort').length);
		expect(Math.max(...left)).toBeLessThan(6);
	},
);
