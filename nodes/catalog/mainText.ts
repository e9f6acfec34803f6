import type { ModelParameter, ParameterTable } from './parameters';

/** The models' names for the text to generate from or to speak, the most generic first (all seen on the model pages). */
export const MAIN_TEXT_NAMES = [
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

/** The field for the node's Prompt, or undefined for a model that takes no text. */
export function mainTextField({
	parameters,
}: Pick<ParameterTable, 'parameters'>): ModelParameter | undefined {
	const texts = parameters.filter(
		({ type, media, choices }) => type === 'string' && !media && !choices,
	);
	return MAIN_TEXT_NAMES.map((name) => texts.find((field) => field.name === name)).find(Boolean);
}
