import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { modelForm } from '../../nodes/catalog/modelForm';

/** An editor without a credential, and without a network. */
const editor = {
	getCredentials: async () => await Promise.reject(new Error('none is chosen')),
	helpers: { httpRequest: async () => await Promise.reject(new Error('no network')) },
} as unknown as ILoadOptionsFunctions;

it('is the form of the chosen model', async () => {
	const { fields, emptyFieldsNotice } = await modelForm(editor, 'fast-flux-schnell');
	expect(fields.map(({ id }) => id)).toContain('aspect_ratio');
	expect(emptyFieldsNotice).toBeUndefined();
});

it.each<[what: string, model: unknown, notice: RegExp]>([
	['no model yet', '', /Choose a model to see its fields.*More Parameters \(JSON\)/],
	[
		'a model that nobody knows',
		'no-such-model',
		/^The fields of no-such-model are not known to this node.*segmind\.com\/models\/no-such-model\/api/,
	],
])('says why there is none: %s', async (_what, model, notice) => {
	const { fields, emptyFieldsNotice } = await modelForm(editor, model);
	expect(fields).toEqual([]);
	expect(emptyFieldsNotice).toMatch(notice);
});

// n8n shows the notice as HTML.
it('what was typed is no HTML', async () => {
	const { emptyFieldsNotice } = await modelForm(editor, 'a <img src="x"> & b');
	expect(emptyFieldsNotice).not.toMatch(/<img|"x"/);
});
