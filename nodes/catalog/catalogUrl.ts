import type { ILoadOptionsFunctions } from 'n8n-workflow';

const SEGMIND = 'https://api.spotprod.segmind.com';

/** The host of the live model list: Segmind's own unless a valid credential names another. */
export async function readCatalogUrl(
	context: Pick<ILoadOptionsFunctions, 'getCredentials'>,
): Promise<string> {
	try {
		const { customEndpoints, catalogUrl } = await context.getCredentials('segmindApi');
		return customEndpoints && typeof catalogUrl === 'string' && catalogUrl.trim()
			? catalogUrl
			: SEGMIND;
	} catch {
		// No credential is selected yet; the list needs none.
		return SEGMIND;
	}
}
