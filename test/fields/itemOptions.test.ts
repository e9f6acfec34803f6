import type { IDataObject } from 'n8n-workflow';
import {
	includesInputFields,
	readItemOptions,
	readRunOptions,
	unlikeFirstItem,
} from '../../nodes/fields/itemOptions';
import { itemContext } from './itemContext';

const runOptions = (options: IDataObject) => readRunOptions(itemContext({ options }));
const options = (values: IDataObject) => readItemOptions(itemContext({ options: values }), 0);

describe('options of the whole run', () => {
	it('have the defaults of the contract', () => {
		expect(runOptions({})).toEqual({ concurrency: 5, maxJobs: 20, maxRetries: 4 });
	});

	it('are whole numbers: half a request is none', () => {
		expect(runOptions({ concurrency: 2.7, maxJobs: '3.9', maxRetries: 0.5 })).toEqual({
			concurrency: 2,
			maxJobs: 3,
			maxRetries: 0,
		});
	});

	it.each([
		['concurrency', 0.9],
		['concurrency', 51],
		['maxJobs', 0],
		['maxJobs', 1001],
		['maxRetries', -1],
		['maxRetries', 11],
	])('%s of %p is refused', (name, value) => {
		expect(() => runOptions({ [name]: value })).toThrow(/must be a number from/);
	});

	it('are told where an item has others than the first one', () => {
		const context = itemContext([
			{ options: { concurrency: 3 } },
			{ options: { concurrency: '3', maxRetries: 4 } },
			{ options: { maxJobs: 1 } },
		]);
		expect(unlikeFirstItem(context, 0)).toEqual([]);
		expect(unlikeFirstItem(context, 1)).toEqual([]);
		expect(unlikeFirstItem(context, 2).map((hint) => hint.split(' holds')[0])).toEqual([
			'Concurrency',
			'Max Jobs',
		]);
	});
});

describe('options of an item', () => {
	it('have the defaults of the contract', () => {
		expect(options({})).toMatchObject({
			mode: 'auto',
			timeoutMs: 600_000,
			outputItems: 'perFile',
			binaryField: 'data',
			fileName: '',
			includeInputFields: false,
			includeRawResponse: false,
			maxBytes: Infinity,
			checkParameters: 'warn',
			sendFilesAs: '',
			kind: 'model',
			warnings: [],
		});
	});

	it.each<[values: IDataObject, expected: object]>([
		[{ timeout: '90' }, { timeoutMs: 90_000 }],
		[{ timeout: 0.5 }, {}],
		[{ maxFileSize: 0 }, { maxBytes: Infinity }],
		[{ maxFileSize: 0.5 }, { maxBytes: 524_288 }],
		[{ includeRawResponse: 'true' }, { includeRawResponse: true }],
		[{ fileName: 7 }, { fileName: '7' }],
		[
			{ mode: 'sync', checkParameters: 'off' },
			{ mode: 'sync', checkParameters: 'off' },
		],
	])('%j mean %j', (values, expected) => {
		if (Object.keys(expected).length) expect(options(values)).toMatchObject(expected);
		else expect(() => options(values)).toThrow(/must be a number from 1 to 86400/);
	});

	it('keep the fields of the item, but not for an agent', () => {
		const keep = { options: { includeInputFields: true } };
		const type = 'n8n-nodes-segmind.segmindGenerateImageTool';
		expect(includesInputFields(itemContext(keep), 0)).toBe(true);
		expect(includesInputFields(itemContext({}), 0)).toBe(false);
		expect(includesInputFields(itemContext(keep, { type }), 0)).toBe(false);
	});

	it('that cannot be read keep nothing, without a second failure', () => {
		expect(includesInputFields(itemContext({ options: { includeInputFields: 'maybe' } }), 0)).toBe(
			false,
		);
	});
});
