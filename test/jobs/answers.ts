import type { Simulator } from '../simulator/simulator';
import type { Answer } from '../simulator/types';

/** How a v1 answer may hold its file. */
export type AnswerShape = 'bytes' | 'url' | 'base64' | 'largeBase64';

/** What makes a small picture one of more than 64 kB of base64, and still a picture. */
const PADDING = Buffer.alloc(100_000, 7);

/** Makes the v1 answers of a simulator hold their files in another way; the work itself stays as it is. */
export function answerAs(simulator: Simulator, shape: AnswerShape, times = 100): void {
	if (shape === 'bytes') return;
	simulator.script({
		method: 'POST',
		path: /^\/v1\//,
		times,
		answer: { transform: (normal) => reshaped(simulator, shape, normal) },
	});
}

/** A v1 answer in another shape; a refusal stays as it is. */
export function reshaped(simulator: Simulator, shape: AnswerShape, normal: Answer): Answer {
	if (normal.status !== 200 || shape === 'bytes') return normal;
	const body =
		shape === 'url'
			? { output: simulator.publish(normal.body, 'made.jpg', 'image/jpeg') }
			: { image: padded(normal.body, shape).toString('base64') };
	return {
		...normal,
		headers: { ...normal.headers, 'content-type': 'application/json' },
		body: Buffer.from(JSON.stringify(body)),
	};
}

function padded(bytes: Buffer, shape: AnswerShape): Buffer {
	return shape === 'largeBase64' ? Buffer.concat([bytes, PADDING]) : bytes;
}
