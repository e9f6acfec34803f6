import type { ModelParameter, ParameterTable } from './parameters';

/** What models call the text that says what to make or to speak, the plainest name first (all seen on the model pages). */
const NAMES = [
	'prompt',
	'text',
	'promptText',
	'positivePrompt',
	'text_prompt',
	'script',
	'voice_script',
	'scene_description',
	'comic_description',
	'instruction_prompt',
	'additional_prompt',
	'genres',
	'input',
	'subject',
];

/** The field that takes the node's Prompt, or undefined for a model that takes no text. */
export function mainTextField({
	parameters,
}: Pick<ParameterTable, 'parameters'>): ModelParameter | undefined {
	const texts = parameters.filter(
		({ type, media, choices }) => type === 'string' && !media && !choices,
	);
	return NAMES.map((name) => texts.find((field) => field.name === name)).find(Boolean);
}
