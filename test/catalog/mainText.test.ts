import { mainTextField } from '../../nodes/catalog/mainText';
import { parameterTable } from '../../nodes/catalog/parameters';

const nameOf = (slug: string) => mainTextField(parameterTable(slug)!)?.name;

it.each<[slug: string, name: string | undefined]>([
	['fast-flux-schnell', 'prompt'],
	['nano-banana', 'prompt'],
	['sound-generation', 'text'],
	['dia', 'text'],
	['hunyuan-3d-2', 'text'],
	['runway-gen4-turbo', 'promptText'],
	['juggernaut-pro-flux', 'positivePrompt'],
	['sam3-image', 'text_prompt'],
	['heygen-avatar-iv', 'script'],
	['p-video-avatar', 'voice_script'],
	['storydiffusion', 'comic_description'],
	['gemini-embedding-001', 'input'],
	['deepseek-chat', 'prompt'],
	// They take no text, whatever else they are told.
	['bg-removal-v2', undefined],
	['idm-vton', undefined],
	['esrgan', undefined],
	// Its subject is a picture.
	['consistent-character', 'prompt'],
])('the main text of %s is %s', (slug, name) => {
	expect(nameOf(slug)).toBe(name);
});

it('is never a number, a file or a choice', () => {
	const field = (more: object) => ({
		name: 'text',
		type: 'string' as const,
		required: false,
		...more,
	});
	for (const more of [
		{ type: 'number' },
		{ media: 'image' },
		{ choices: ['a'] },
		{ type: 'array' },
	]) {
		expect(mainTextField({ parameters: [field(more)] })).toBeUndefined();
	}
	expect(mainTextField({ parameters: [field({})] })).toEqual(field({}));
});
