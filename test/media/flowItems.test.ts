import type { Connection } from '../../nodes/api/connection';
import { resultOfFlow as resultOfFlowInSteps } from '../../nodes/api/flowResult';
import { flowItems, flowJson } from '../../nodes/media/flowItems';
import type { OutputSettings } from '../../nodes/media/outputSettings';
import { atOnce } from '../api/atOnce';

const resultOfFlow = atOnce(resultOfFlowInSteps);

const URL = 'https://images.segmind.com/a.png';

it('a PixelFlow that has not completed has the keys of one that has', () => {
	const keys = ['status', 'request_id', 'outputs', 'files', 'cost', 'remaining_credits'];
	expect(flowJson('PROCESSING', 'r')).toMatchObject({ status: 'PROCESSING', request_id: 'r' });
	expect(Object.keys(flowJson('PROCESSING', 'r'))).toEqual(expect.arrayContaining(keys));
	expect(flowJson('FAILED', 'r', 'no face')).toMatchObject({ failure_reason: 'no face' });
});

it('tells outputs by name and lists their files, with addresses where nothing is stored', async () => {
	const inputBinary = { photo: { data: 'AAAA', mimeType: 'image/png' } };
	const settings: OutputSettings = {
		download: false,
		binaryField: '',
		outputItems: 'perFile',
		fileName: '',
		includeRawResponse: true,
		maxBytes: Infinity,
		inputBinary,
	};
	const output = [
		{ keyname: 'Picture', value: { type: 'image', data: URL } },
		{ keyname: 'Note', value: { type: 'text', data: 'Hello' } },
	];
	const result = resultOfFlow({ output, metrics: { cost: 0.1 } }, 'r');
	const items = await flowItems({} as Connection, result, settings);
	expect(items).toEqual([
		{
			json: {
				...flowJson('COMPLETED', 'r'),
				outputs: { Picture: URL, Note: 'Hello' },
				files: [{ key: 'Picture', url: URL, content_type: null, file_name: null, file_size: null }],
				cost: 0.1,
				raw_response: result.raw,
			},
			binary: inputBinary,
		},
	]);
});
