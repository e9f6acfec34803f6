/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { Readable } from 'node:stream';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Stream } from '../../nodes/api/stream';
import { readAll, TooLarge } from '../../nodes/api/stream';
import { storeFile } from '../../nodes/media/storeFile';

const PNG = { mimeType: 'image/png', extension: 'png' };
const KB = 1024;

/** Notes what n8n's binary store is given. */
function store() {
	const given: { bytes?: Buffer; isStream?: boolean } = {};
	const prepareBinaryData = async (content: Buffer | Readable) => {
		given.isStream = !Buffer.isBuffer(content);
		given.bytes = Buffer.isBuffer(content) ? content : await readAll(content, Infinity);
		return {};
	};
	return { given, context: { helpers: { prepareBinaryData } } as unknown as IExecuteFunctions };
}

const streamType = Readable.from([]) as unknown as Stream;
async function* inPieces(...sizes: number[]) {
	for (const [index, size] of sizes.entries()) yield Buffer.alloc(size, index + 1);
}

it.each<[what: string, sizes: number[], isStream: boolean]>([
	['an empty file', [], false],
	['a small file in one piece', [68], false],
	['a small file in several pieces', [20 * KB, 20 * KB, 24 * KB], false],
	['a large file', [20 * KB, 30 * KB, 20 * KB, 40 * KB], true],
	['a large file in one piece', [100 * KB], true],
])('stores %s whole, as a stream only if it is large', async (_what, sizes, isStream) => {
	const { given, context } = store();
	const content = { streamType, chunks: inPieces(...sizes) };
	const stored = await storeFile(context, content, PNG, 'fox.png');
	const bytes = await readAll(inPieces(...sizes), Infinity);
	expect(given.isStream).toBe(isStream);
	expect(given.bytes!.equals(bytes)).toBe(true);
	expect(stored).toMatchObject({ fileName: 'fox.png', fileSize: bytes.length });
});

it.each([[[40 * KB, 40 * KB]], [[10, 20]]])(
	'stops reading a file of %j bytes that is larger than allowed',
	async (sizes) => {
		const content = { streamType, chunks: inPieces(...sizes) };
		const storing = storeFile(store().context, content, PNG, 'fox.png', sizes[0]);
		await expect(storing).rejects.toThrow(TooLarge);
	},
);
