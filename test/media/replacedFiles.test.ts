import type { IBinaryData, IBinaryKeyData } from 'n8n-workflow';
import type { OutputSettings } from '../../nodes/media/outputSettings';
import { replacedFiles } from '../../nodes/media/replacedFiles';

const inStore = (id: string): IBinaryData => ({ data: 'filesystem-v2', id, mimeType: 'image/png' });
const inMemory = (data: string): IBinaryData => ({ data, mimeType: 'image/png' });
const [a, b, c] = [inStore('a'), inStore('b'), inStore('c')];

it.each<[what: string, before: IBinaryKeyData | undefined, made: IBinaryKeyData[], fields: string]>(
	[
		['no files before', undefined, [{ data: a }], ''],
		['another field', { photo: a }, [{ photo: a, data: b }], ''],
		['no new file', { data: a }, [{ data: a }], ''],
		['the same field', { data: a }, [{ data: b }], '"data"'],
		[
			'further files of the same names',
			{ data: a, data_1: b, mask: c },
			[{ data: b, data_1: c, mask: c }],
			'"data", "data_1"',
		],
		['several items', { data: a }, [{ data: b }, { data: c }], '"data"'],
		['a copied description', { data: { ...a, fileName: 'x' } }, [{ data: a }], ''],
		['the same bytes in memory', { data: inMemory('AA') }, [{ data: inMemory('AA') }], ''],
		['other bytes in memory', { data: inMemory('AA') }, [{ data: inMemory('BB') }], '"data"'],
	],
)('%s', (_what, inputBinary, made, fields) => {
	const items = made.map((binary) => ({ json: {}, binary }));
	expect(replacedFiles({ inputBinary } as OutputSettings, items)).toEqual(
		fields
			? [
					`The item's file in ${fields} was replaced by the new one. To keep both, set the option Put Output File in Field to another name, such as "result"`,
				]
			: [],
	);
});
