import type { Work } from './newWork';
import type { AnswerShape } from './types';

/** The `output` of an undocumented answer format; for a refusal the answer itself on v1. */
export function otherOutput(shape: AnswerShape, { job }: Work, files: readonly Buffer[]): unknown {
	const outputs: Record<AnswerShape, () => unknown> = {
		url: () => job.outputs[0]?.url ?? null,
		base64: () => files[0]?.toString('base64') ?? null,
		refusal: () => ({ status: 'failed', message: 'NSFW content detected' }),
		nsfw: () => ({ images: [], nsfw: true }),
		text: () => 'upstream connect error or disconnect/reset before headers',
		empty: () => null,
	};
	return outputs[shape]();
}
