import type { FailureDetails } from './failure';

/** Advice in two wordings: an agent cannot press buttons, nor see n8n's windows. */
export interface Advice {
	person: string;
	agent: string;
}

/** A sentence of a description; what is empty or false is left out. */
export type Sentence = string | Advice | false | null | undefined;

/** A description made of sentences, and the one for an agent where they differ. */
export function describe(
	...sentences: Sentence[]
): Pick<FailureDetails, 'description' | 'agentDescription'> {
	const person = join(sentences, 'person');
	const agent = join(sentences, 'agent');
	return {
		...(person ? { description: person } : {}),
		...(agent !== person ? { agentDescription: agent } : {}),
	};
}

/** The description of a failure as one sentence of another. */
export function descriptionOf({
	description = '',
	agentDescription: agent = description,
}: FailureDetails): Advice {
	return { person: description, agent };
}

function join(sentences: readonly Sentence[], reader: keyof Advice): string {
	return sentences
		.map((sentence) => (typeof sentence === 'object' ? sentence?.[reader] : sentence))
		.filter(Boolean)
		.join(' ');
}
