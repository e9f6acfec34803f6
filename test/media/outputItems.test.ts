import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import type { Connection } from '../../nodes/api/connection';
import type { Result } from '../../nodes/api/result';
import { outputItems } from '../../nodes/media/outputItems';
import type { OutputSettings } from '../../nodes/media/outputSettings';

// Nothing is fetched or stored here; test/engine/keptFiles.test.ts has the files.
const connection = {} as Connection;
const request = { prompt: 'a fox', sentAt: 0 };

function resultWith(count: number): Result {
	const files = Array.from({ length: count }, (_, index) => ({
		url: `https://images.segmind.com/${index}.png`,
		contentType: 'image/png',
		fileName: `${index}.png`,
		fileSize: index,
		role: 'images',
	}));
	const metrics = { cost: 1, remaining_credits: 2, inference_time: 3 };
	return {
		model: 'm',
		requestId: 'r',
		isJob: true,
		seed: 1,
		metrics,
		files,
		text: null,
		data: null,
		raw: {},
	};
}

async function itemsOf(count: number, settings: Partial<OutputSettings>) {
	const all: OutputSettings = {
		download: false,
		binaryField: 'data',
		outputItems: 'perFile',
		fileName: '',
		includeRawResponse: false,
		maxBytes: Infinity,
		inputBinary: undefined,
		...settings,
	};
	return await outputItems(connection, resultWith(count), all, request);
}

const url = (index: number) => `https://images.segmind.com/${index}.png`;

it.each<[way: OutputSettings['outputItems'], files: number, items: IDataObject[]]>([
	['perFile', 0, [{ url: null, output_count: 0 }]],
	['perFile', 1, [{ url: url(0), output_index: 0, output_count: 1 }]],
	[
		'perFile',
		2,
		[0, 1].map((index) => ({ url: url(index), output_index: index, output_count: 2 })),
	],
	['perInput', 1, [{ url: url(0), output_count: 1 }]],
	[
		'perInput',
		2,
		[
			{
				url: url(0),
				output_index: 0,
				output_count: 2,
				outputs: [
					{ output_index: 0, url: url(0), file_size: 0 },
					{ output_index: 1, url: url(1), file_size: 1 },
				],
			},
		],
	],
	['mainFile', 0, [{ url: null, output_count: 0, other_files: [] }]],
	['mainFile', 1, [{ url: url(0), output_count: 1, other_files: [] }]],
	[
		'mainFile',
		3,
		[{ url: url(0), output_index: 0, output_count: 3, other_files: [url(1), url(2)] }],
	],
])('%s turns %i files into the right items', async (way, files, items) => {
	const made = await itemsOf(files, { outputItems: way });
	expect(made).toMatchObject(items.map((json) => ({ json })));
	expect(made).toHaveLength(items.length);
	for (const { json } of made) {
		expect('outputs' in json).toBe(way === 'perInput' && files > 1);
		expect('other_files' in json).toBe(way === 'mainFile');
	}
});

it.each(['perFile', 'perInput', 'mainFile'] as const)(
	'%s keeps the files of the input item',
	async (way) => {
		const inputBinary: IBinaryKeyData = { photo: { data: 'AA', mimeType: 'image/png' } };
		for (const item of await itemsOf(2, { outputItems: way, inputBinary })) {
			expect(item.binary).toEqual(inputBinary);
		}
		for (const item of await itemsOf(2, { outputItems: way }))
			expect(item).not.toHaveProperty('binary');
	},
);
