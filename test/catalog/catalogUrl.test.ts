import { readCatalogUrl } from '../../nodes/catalog/catalogUrl';

const SEGMIND = 'https://api.spotprod.segmind.com';
const read = async (credential: object | Error) =>
	await readCatalogUrl({
		getCredentials: async <T>() => {
			if (credential instanceof Error) throw credential;
			return credential as T;
		},
	} as Parameters<typeof readCatalogUrl>[0]);

it.each<[what: string, credential: object | Error, url: string]>([
	['its own', { customEndpoints: true, catalogUrl: 'http://a' }, 'http://a'],
	[
		'none while Custom Endpoints is off',
		{ customEndpoints: false, catalogUrl: 'http://a' },
		SEGMIND,
	],
	['an empty one', { customEndpoints: true, catalogUrl: ' ' }, SEGMIND],
	['what is no text', { customEndpoints: true, catalogUrl: 7 }, SEGMIND],
	['no credential at all', new Error('none is chosen'), SEGMIND],
])('a credential with %s', async (_what, credential, url) => {
	expect(await read(credential)).toBe(url);
});
