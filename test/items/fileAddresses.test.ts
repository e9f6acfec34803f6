import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fileAddresses } from '../../nodes/items/fileAddresses';

const context = {
	helpers: {
		// n8n throws for a file that it keeps in memory.
		createBinarySignedUrl: ({ id }: IBinaryData, expiresIn?: string) => {
			if (!id || id === 'broken') throw new Error('URL signing is not available in memory mode');
			return `https://n8n/signed?${id}&${expiresIn}`;
		},
	},
} as unknown as IExecuteFunctions;
const stored = (id: string): IBinaryData => ({
	data: 'filesystem-v2',
	mimeType: 'image/png',
	fileName: `${id}.png`,
	id,
});
const inMemory: IBinaryData = { data: 'AAAA', mimeType: 'image/png', fileName: 'm.png' };
const input = stored('input');
const SEGMIND = 'https://images.segmind.com/a.png';

it.each<[what: string, items: INodeExecutionData[], addresses: string[], note: RegExp | undefined]>(
	[
		['text only', [{ json: { text: 'Hello' } }], [], undefined],
		['an address of Segmind', [{ json: { url: SEGMIND } }], [SEGMIND], undefined],
		[
			'an address of Segmind, and the file',
			[{ json: { url: SEGMIND }, binary: { data: stored('a') } }],
			[SEGMIND],
			undefined,
		],
		[
			'a file only, beside one of the input',
			[{ json: { url: null }, binary: { data: stored('a'), photo: input } }],
			['https://n8n/signed?a&7 days'],
			/seven days, without signing in/,
		],
		[
			'several items',
			[
				{ json: { url: null }, binary: { data: stored('a') } },
				{ json: { url: null }, binary: { data: stored('b') } },
			],
			['https://n8n/signed?a&7 days', 'https://n8n/signed?b&7 days'],
			/seven days/,
		],
		[
			'a list of outputs, some without an address',
			[
				{
					json: {
						url: SEGMIND,
						outputs: [
							{ url: SEGMIND, binary_field: 'data' },
							{ url: null, binary_field: 'data_1' },
						],
					},
					binary: { data: stored('a'), data_1: stored('b') },
				},
			],
			[SEGMIND, 'https://n8n/signed?b&7 days'],
			/seven days/,
		],
		[
			'a main file and others',
			[{ json: { url: SEGMIND, other_files: ['https://images.segmind.com/b.png'] } }],
			[SEGMIND, 'https://images.segmind.com/b.png'],
			undefined,
		],
		[
			'the files of a PixelFlow',
			[{ json: { files: [{ key: 'x', url: SEGMIND }] }, binary: { data_x: stored('a') } }],
			[SEGMIND],
			undefined,
		],
		[
			'a file in memory',
			[{ json: { url: null }, binary: { data: inMemory } }],
			['m.png'],
			/keeps files only in memory/,
		],
		[
			'a file for which n8n signs nothing',
			[{ json: { url: null }, binary: { data: { ...stored('broken'), fileName: 'x.png' } } }],
			['x.png'],
			/keeps files only in memory/,
		],
	],
)('%s', (_what, items, addresses, note) => {
	const found = fileAddresses(context, items, { photo: input });
	expect(found.addresses).toEqual(addresses);
	if (note) expect(found.note).toMatch(note);
	else expect(found.note).toBeUndefined();
});
