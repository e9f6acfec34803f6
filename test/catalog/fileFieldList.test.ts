import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { fileFieldList } from '../../nodes/catalog/fileFieldList';

/** An editor without a credential, and without a network. */
const editor = {
	getCredentials: async () => await Promise.reject(new Error('none is chosen')),
	helpers: { httpRequest: async () => await Promise.reject(new Error('no network')) },
} as unknown as ILoadOptionsFunctions;
const list = async (model: unknown, own: unknown = '') => await fileFieldList(editor, model, own);

it('lists the fields that take files by their titles, after Automatic', async () => {
	expect(await list('faceswap-v2')).toEqual([
		{ name: 'Automatic: Source Image, then Target Image', value: '' },
		{ name: 'Source Image', value: 'source_img', description: 'source_img' },
		{ name: 'Target Image', value: 'target_img', description: 'target_img' },
	]);
});

it.each<[what: string, model: string, automatic: string]>([
	['one field', 'face-to-sticker', 'Automatic'],
	// A picture and a sound do not compete for a file.
	['fields of unlike kinds', 'kling-v1-pro-ai-avatar', 'Automatic'],
	['no such model', 'no-such-model', 'Automatic'],
	['no model yet', '', 'Automatic'],
])('Automatic has no choice to tell of: %s', async (_what, model, automatic) => {
	expect((await list(model))[0]).toEqual({ name: automatic, value: '' });
});

it('offers what the row names where nothing is known of the model', async () => {
	const own = { name: 'my_image', value: 'my_image' };
	expect(await list('={{ $json.model }}', 'my_image')).toContainEqual(own);
	expect(await list('faceswap-v2', 'my_image')).not.toContainEqual(own);
	expect(await list('no-such-model')).toHaveLength(1);
});
