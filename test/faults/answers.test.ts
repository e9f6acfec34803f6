import { randomFrom } from '../simulator/random';
import { startStage, type Stage } from '../engine/stage';
import { AnswerGenerator } from './answerGenerator';

/** Number of generated answers in total, and in one run of the node. */
const ANSWERS = 2_000;
const AT_ONCE = 500;

let stage: Stage;
beforeAll(async () => (stage = await startStage()));
afterAll(async () => await stage.close());

const idOf = (index: number) => `answer-${String(index).padStart(8, '0')}`;

it.each(Array.from({ length: ANSWERS / AT_ONCE }, (_, index) => index))(
	`loses no media of ${AT_ONCE} generated answers, and crashes on none: seed %i`,
	async (seed) => {
		const generator = new AnswerGenerator(randomFrom(seed));
		const answers = Array.from({ length: AT_ONCE }, () => generator.next());
		const body = (path: string) => answers[Number(/answer-(\d+)/.exec(path)?.[1])]?.body;
		stage.sim.reset();
		stage.sim.script({
			path: /\/status$/,
			times: AT_ONCE,
			answer: { body: { status: 'COMPLETED', metrics: { cost: 0.01 } } },
		});
		stage.sim.script({
			path: /\/requests\/answer-\d+$/,
			times: AT_ONCE,
			answer: ({ path }) => ({ body: { status: 'COMPLETED', ...(body(path) as object) } }),
		});
		const run = await stage.run(
			'segmindCheckStatus',
			{ requestId: '={{ $json.id }}', download: false },
			{
				items: answers.map((_answer, index) => ({ json: { id: idOf(index) } })),
				nodeOptions: { onError: 'continueRegularOutput' },
			},
		);

		expect(run.error).toBeUndefined();
		const told = new Map<number, string>();
		for (const { json, pairedItem } of run.items()) {
			const { item } = pairedItem as { item: number };
			told.set(item, `${told.get(item) ?? ''}${JSON.stringify(json)}`);
			// Typical messages of bugs.
			expect(json.failure_reason ?? '').not.toMatch(/is not a function|Cannot read|undefined/);
		}
		const lost = answers.flatMap(({ urls, body: given }, index) =>
			urls
				.filter((url) => !told.get(index)?.includes(url))
				.map((url) => `${url} of ${JSON.stringify(given)} in ${told.get(index)}`),
		);
		expect(lost).toEqual([]);
		expect(told.size).toBe(AT_ONCE);
		expect({}).not.toHaveProperty('polluted');
	},
);
