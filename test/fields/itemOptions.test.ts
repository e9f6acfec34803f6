import type { IDataObject } from 'n8n-workflow';
import {
	includesInputFields,
	readItemOptions,
	readRunOptions,
	differencesFromFirstItem,
} from '../../nodes/fields/itemOptions';
import { contextWith, refusal } from './contextWith';

const TOOL = { type: 'n8n-nodes-segmind.segmindGenerateImageTool' };
const itemWith = (options: IDataObject, more = {}) =>
	readItemOptions(contextWith({ options }, more), 0);

it('has the contract’s defaults', () => {
	expect(itemWith({})).toMatchObject({
		mode: 'auto',
		timeoutMs: 600_000,
		outputItems: 'perFile',
		binaryField: 'data',
		fileName: '',
		includeInputFields: false,
		includeRawResponse: false,
		maxBytes: Infinity,
		checkParameters: 'warn',
		jsonParameters: undefined,
		sendFilesAs: '',
		estimateOnly: false,
		reuseDays: 0,
		warnings: [],
	});
	expect(readRunOptions(contextWith({}))).toEqual({
		concurrency: 5,
		maxJobs: 20,
		maxRetries: 4,
		maxCostUsd: Infinity,
	});
});

it.each<[IDataObject, IDataObject]>([
	[{ timeout: '60' }, { timeoutMs: 60_000 }],
	[{ maxFileSize: 2 }, { maxBytes: 2 * 1024 * 1024 }],
	[{ maxFileSize: 0 }, { maxBytes: Infinity }],
	[
		{ mode: 'sync', outputItems: 'mainFile' },
		{ mode: 'sync', outputItems: 'mainFile' },
	],
	[{ includeInputFields: 'true' }, { includeInputFields: true }],
	[{ includeRawResponse: 'false' }, { includeRawResponse: false }],
	[{ estimateOnly: 'true' }, { estimateOnly: true }],
	[{ reuseDays: '2' }, { reuseDays: 2 }],
])('%j is read as %j', (options, expected) => expect(itemWith(options)).toMatchObject(expected));

it.each<[IDataObject, string]>([
	[{ mode: 'fast' }, 'Mode must be one of async, auto, sync, but is "fast"'],
	[{ sendFilesAs: 'ftp' }, 'Send Files As must be one of base64, dataUri, url, but is "ftp"'],
	[{ outputItems: true }, 'Output Items must be one of mainFile, perFile, perInput, but is true'],
	[{ includeInputFields: 'yes' }, 'Include Input Fields must be true or false, but is "yes"'],
	[{ estimateOnly: 'yes' }, 'Estimate Only must be true or false, but is "yes"'],
	[{ reuseDays: 8 }, 'Reuse Results (Days) must be a number from 0 to 7, but is 8'],
	[{ reuseDays: 'week' }, 'Reuse Results (Days) must be a number from 0 to 7, but is "week"'],
	// An expression for a field that is not there: "off" would send and pay.
	[{ estimateOnly: null }, 'Estimate Only must be set, or removed from the options, but is null'],
])('%j is refused', (options, message) => {
	expect(refusal(() => itemWith(options))).toBe(message);
});

describe('the options of the whole run', () => {
	it('are those of the first item', () => {
		const context = contextWith([{ options: { maxRetries: 0 } }, { options: { maxRetries: 9 } }]);
		expect(readRunOptions(context)).toMatchObject({ maxRetries: 0 });
	});

	it.each<[maxCost: IDataObject[string], usd: number]>([
		[0, Infinity],
		[0.5, 0.5],
		['2.5', 2.5],
		[0.0001, 0.0001],
	])('Max Cost %j is a limit of %p dollars', (maxCost, usd) => {
		expect(readRunOptions(contextWith({ options: { maxCost } }))).toMatchObject({
			maxCostUsd: usd,
		});
	});

	it.each<[maxCost: unknown, message: string]>([
		[-1, 'Max Cost (USD) must be a number of 0 or more, but is -1'],
		['one dollar', 'Max Cost (USD) must be a number of 0 or more, but is "one dollar"'],
		['$1', 'Max Cost (USD) must be a number of 0 or more, but is "$1"'],
		[[1], 'Max Cost (USD) must be a number of 0 or more, but is [1]'],
		[true, 'Max Cost (USD) must be a number of 0 or more, but is true'],
		[NaN, 'Max Cost (USD) must be a number of 0 or more, but is NaN'],
		// Not "no limit": an expression for a field that is not there.
		[null, 'Max Cost (USD) must be set, or removed from the options, but is null'],
		['', 'Max Cost (USD) must be set, or removed from the options, but is ""'],
	])('Max Cost %j is refused', (maxCost, message) => {
		const context = contextWith({ options: { maxCost } as IDataObject });
		expect(refusal(() => readRunOptions(context))).toBe(message);
	});

	it.each<[first: IDataObject, other: IDataObject, told: string[]]>([
		[{}, {}, []],
		[{ concurrency: 5 }, {}, []],
		[{}, { concurrency: '5', maxJobs: 20 }, []],
		// Not of the whole run.
		[{ timeout: 60 }, { timeout: 600 }, []],
		[{ maxCost: 1 }, { maxCost: '1' }, []],
		[{ maxCost: '$5' }, { maxCost: '$5' }, []],
		[
			{ maxCost: 1 },
			{},
			["Max Cost (USD) applies to the whole run: the first item's value, 1, was used"],
		],
		[
			{ maxJobs: 3 },
			{},
			["Max Jobs applies to the whole run: the first item's value, 3, was used"],
		],
		[
			{},
			{ concurrency: 1, maxRetries: 'x' },
			[
				"Concurrency applies to the whole run: the first item's value, 5, was used",
				"Max Retries applies to the whole run: the first item's value, 4, was used",
			],
		],
	])('%j, then %j', (first, other, told) => {
		const context = contextWith([{ options: first }, { options: other }]);
		expect(differencesFromFirstItem(context, 0)).toEqual([]);
		expect(differencesFromFirstItem(context, 1)).toEqual(
			told.map((start) => expect.stringContaining(start) as string),
		);
	});
});

describe('the input fields', () => {
	it.each<[options: IDataObject, more: object, kept: boolean]>([
		[{}, {}, false],
		[{ includeInputFields: true }, {}, true],
		[{ includeInputFields: true }, TOOL, false],
		// A failed item asks too, which may have failed for one of these.
		[{ includeInputFields: true, timeout: 0 }, {}, true],
		[{ includeInputFields: 'maybe' }, {}, false],
	])('with %j %j: %p', (options, more, kept) => {
		expect(includesInputFields(contextWith({ options }, more))?.(0) ?? false).toBe(kept);
	});

	it('are not kept if the expression cannot be evaluated', () => {
		const context = contextWith({});
		context.getNodeParameter = () => {
			throw new Error('no');
		};
		expect(includesInputFields(context)?.(0)).toBe(false);
	});
});
