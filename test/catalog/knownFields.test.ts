/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { Readable } from 'node:stream';
import { knownFields } from '../../nodes/catalog/knownFields';
import { allModels } from '../../nodes/catalog/models';
import { parameterTable } from '../../nodes/catalog/parameters';

const slugs = allModels().map(({ slug }) => slug);
const whole = slugs.find((slug) => parameterTable(slug)?.complete) as string;
const cut = slugs.find((slug) => parameterTable(slug)?.complete === false) as string;

let asked = 0;
/** Each has a catalogue of its own, so that no list of another test is remembered. */
let catalogues = 0;

/** An editor whose catalogue lists one model. */
function editor(slug: string, parameters: object): ILoadOptionsFunctions {
	asked = 0;
	const catalogUrl = `https://catalog${++catalogues}.test`;
	const list = { models: [{ slug, title: 'Model', type: 'textToImage', parameters }] };
	return {
		getCredentials: async () => await Promise.resolve({ customEndpoints: true, catalogUrl }),
		helpers: {
			httpRequest: async () => {
				asked++;
				return await Promise.resolve({
					statusCode: 200,
					body: Readable.from([Buffer.from(JSON.stringify(list))]),
				});
			},
		},
	} as unknown as ILoadOptionsFunctions;
}

it('does not ask where the bundled table is complete', async () => {
	expect(await knownFields(editor(whole, { glow: 2 }), whole)).toBe(parameterTable(whole));
	expect(asked).toBe(0);
});

it('adds what the live list has to a table that was cut, and trusts it no more', async () => {
	const bundled = parameterTable(cut)?.parameters ?? [];
	const table = await knownFields(editor(cut, { glow: 2 }), cut);
	expect(table).toMatchObject({ trusted: false, complete: false });
	expect(table?.parameters.slice(0, -1)).toEqual(bundled);
	expect(table?.parameters.at(-1)).toMatchObject({ name: 'glow' });
});

it('the bundled facts of a field stand', async () => {
	const [first] = parameterTable(cut)?.parameters ?? [];
	const name = first?.name as string;
	expect(await knownFields(editor(cut, { [name]: 'x' }), cut)).toBe(parameterTable(cut));
});

it('has the live list alone for a model without a table', async () => {
	const table = await knownFields(editor('brand-new', { glow: 2 }), 'brand-new');
	expect(table?.parameters.map(({ name }) => name)).toEqual(['glow']);
	expect(await knownFields(editor('brand-new', {}), 'another')).toBeUndefined();
});
