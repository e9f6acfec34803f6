import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

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
			'Catalogue URL',
			'catalogUrl',
			'https://api.spotprod.segmind.com',
			'Lists the models; the key is never sent there',
		),
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'x-api-key': '={{ $credentials.apiKey.trim() }}' } },
	};

	// Reading the balance is free and answers 404 for a valid key without a balance record, which n8n would call a
	// failure: the rule turns that documented answer into a success.
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.customEndpoints ? $credentials.baseUrl.replace(/\\/+(v[12]\\/*)?$/, "") : "https://api.segmind.com" }}',
			url: '/v1/get-user-credits',
		},
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
