import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

const KEY_REFUSED =
	'Segmind did not accept this API key. Paste it again, or create a new one at cloud.segmind.com/console/api-keys';

const PROXY_SETTINGS =
	'check the proxy settings of your n8n server (HTTP_PROXY, HTTPS_PROXY, NO_PROXY)';
const ELSEWHERE = `This does not seem to be Segmind’s server: check Base URL, and ${PROXY_SETTINGS}`;
const SIGN_IN = `The request was redirected to another URL, where the key is not sent: check Base URL. A proxy or a firewall that requires a sign-in redirects as well`;
const NOT_ANSWERING = `Segmind, or a proxy on the way, is not answering: test again later; if it keeps failing, ${PROXY_SETTINGS}`;

/** What n8n's credential window says for each status; without these it would show texts such as "Bad Gateway". */
const STATUS_MESSAGES: Record<number, string> = {
	301: SIGN_IN,
	302: SIGN_IN,
	303: SIGN_IN,
	307: SIGN_IN,
	308: SIGN_IN,
	400: ELSEWHERE,
	401: KEY_REFUSED,
	402: 'The Segmind account has too few credits: add some at cloud.segmind.com/billing',
	403: 'This key may not read the balance, or a proxy or a firewall blocks Segmind. Check the team settings in the Segmind console, or ask whoever runs your network to let your n8n server reach api.segmind.com',
	405: ELSEWHERE,
	406: 'Segmind refused the request: check the balance and the spending limit in the Segmind console',
	407: 'A proxy asks for a user name and a password: put them into the proxy settings of your n8n server, such as HTTPS_PROXY=http://name:password@proxy:3128',
	408: NOT_ANSWERING,
	410: ELSEWHERE,
	422: ELSEWHERE,
	429: 'Too many requests were sent with this key. The key may be right: test again in a minute',
	500: NOT_ANSWERING,
	501: NOT_ANSWERING,
	502: NOT_ANSWERING,
	503: NOT_ANSWERING,
	504: NOT_ANSWERING,
};

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
			displayName:
				'If n8n cannot connect, press <b>More details</b> in the red box above: it says why, and what to do.',
			name: 'testNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Use Custom Endpoints',
			name: 'customEndpoints',
			type: 'boolean',
			default: false,
			description: 'Whether to send requests to hosts other than Segmind’s own, such as a proxy',
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
			'Lists the models (without the key) and the earlier requests of the key',
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
				except: Object.keys(STATUS_MESSAGES).map(Number),
			},
		},
		rules: [
			...Object.entries(STATUS_MESSAGES).map(([status, message]) => ({
				type: 'responseCode' as const,
				properties: { value: Number(status), message },
			})),
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
