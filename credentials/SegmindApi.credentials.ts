import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

const KEY_REFUSED =
	'Segmind did not accept this API key. Paste it again, or create a new one at cloud.segmind.com/console/api-keys';

/** Source: Segmind documentation "Error codes". */
const REFUSALS = [
	'Missing Authorization or x-api-key in header',
	'Unauthorized. API key is invalid or may have expired. Generate one at https://cloud.segmind.com/console/api-keys',
];

export class SegmindApi implements ICredentialType {
	name = 'segmindApi';

	displayName = 'Segmind API';

	icon: Icon = { light: 'file:../icons/segmind.svg', dark: 'file:../icons/segmind.dark.svg' };

	documentationUrl = 'https://docs.segmind.com/docs/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. SG_0123456789abcdef',
			description:
				'Create one at <a href="https://cloud.segmind.com/console/api-keys">cloud.segmind.com</a>',
		},
		{
			displayName: 'Use Custom Endpoints',
			name: 'customEndpoints',
			type: 'boolean',
			default: false,
			description: 'Whether to send requests to other hosts than Segmind’s own, such as a proxy',
		},
		...endpoint(
			'Base URL',
			'baseUrl',
			'https://api.segmind.com',
			'Runs models and reads the balance',
		),
		...endpoint(
			'Storage URL',
			'storageUrl',
			'https://workflows-api.segmind.com',
			'Takes uploaded files',
		),
		...endpoint(
			'Platform URL',
			'catalogUrl',
			'https://api.spotprod.segmind.com',
			'Lists the models; the key is never sent there',
		),
	];

	// A function: n8n would re-evaluate an expression for every request, a tenth of a request's total cost here.
	authenticate: IAuthenticate = async ({ apiKey }, request) => ({
		...request,
		headers: { ...request.headers, 'x-api-key': String(apiKey).trim() },
	});

	// Reading the balance runs nothing and costs nothing. A valid key without a balance record gets a 404, so that error
	// status alone counts as success.
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				// Trimmed, with Segmind's own host as the default, as in the nodes (api/connection.ts).
				'={{ ($credentials.customEndpoints && ($credentials.baseUrl || "").trim().replace(/\\/+(v[12]\\/*)?$/, "")) || "https://api.segmind.com" }}',
			url: '/v1/get-user-credits',
			// A redirect would carry the key to another host.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: {
				ignore: true,
				except: [
					301, 302, 303, 307, 308, 400, 401, 402, 403, 405, 406, 407, 408, 410, 422, 429, 500, 501,
					502, 503, 504,
				],
			},
		},
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: KEY_REFUSED } },
			// The oldest supported n8n ignores either all statuses or none, so the two documented bodies of a 401 are checked
			// there.
			...REFUSALS.map((value) => ({
				type: 'responseSuccessBody' as const,
				properties: { key: 'error', value, message: KEY_REFUSED },
			})),
			// n8n evaluates each rule by its own type; only the typings require a single type.
		] as ICredentialTestRequest['rules'],
	};
}

function endpoint(
	displayName: string,
	name: string,
	url: string,
	description: string,
): INodeProperties[] {
	return [
		{
			displayName,
			name,
			type: 'string',
			default: url,
			description,
			displayOptions: { show: { customEndpoints: [true] } },
		},
	];
}
