import type { Result } from '../../nodes/api/result';
import { readTextRun } from '../../nodes/fields/textRun';
import { MAX_TOOL_WAIT_MS } from '../../nodes/jobs/agentTool';
import { contextWith } from './contextWith';

const read = (timeout: number | undefined, type = 'n8n-nodes-segmind.segmindGenerateText') => {
	const options = timeout === undefined ? {} : { timeout };
	const parameters = { model: 'gpt-5.4-mini', prompt: 'Hi', outputFormat: 'json', options };
	return readTextRun(contextWith(parameters, { type }), 0);
};
const TOOL = 'n8n-nodes-segmind.segmindGenerateTextTool';

it('waits as long as the option says', () => {
	expect(read(900)).toMatchObject({ api: 'async', timeoutMs: 900_000, forAgent: false });
});

it('does not let an agent wait long', () => {
	expect(read(900, TOOL)).toMatchObject({ timeoutMs: MAX_TOOL_WAIT_MS, forAgent: true });
	expect(read(1, TOOL).timeoutMs).toBe(1000);
});

it('reads the answer as it was asked for', () => {
	const result: Result = {
		model: 'gpt-5.4-mini',
		requestId: 'r',
		isJob: true,
		seed: null,
		metrics: { cost: 0.01, remaining_credits: 5, inference_time: 2 },
		files: [],
		text: '{"a":1}',
		data: null,
		raw: {},
	};
	const { read: readAnswer, unfinished } = read(undefined);
	expect(readAnswer?.(result)).toMatchObject([{ json: { prompt: 'Hi', json: { a: 1 } } }]);
	expect(() => readAnswer?.({ ...result, text: 'Hello!' })).toThrow('The answer is not JSON');
	expect(unfinished?.('r')).toMatchObject({ status: 'PROCESSING', prompt: 'Hi', request_id: 'r' });
});
