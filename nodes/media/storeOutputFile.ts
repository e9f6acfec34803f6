import type { Connection } from '../api/connection';
import { asFailure, SegmindFailure, type FailureDetails } from '../api/failure';
import type { Result, ResultFile, StoredFile } from '../api/result';
import { downloadFile } from './download';
import { outputFileName } from './fileName';
import { determineType, type FileType } from './fileType';
import { storeFile } from './storeFile';
import { claimName, releaseName } from './uniqueName';

/** The run that produced a file, for its name and for messages. */
type ProducingRun = Pick<Result, 'model' | 'requestId' | 'isJob' | 'seed' | 'metrics' | 'files'>;

/** What is known of a file besides its content. */
interface FileToStore {
	result: ProducingRun;
	/** Its index (from 0) among the files that share a name, and their count. */
	place: { index: number; count: number };
	/** Requested file name; if empty, it is made from model and seed. */
	fileName: string;
	/** Files larger than this are not stored, in bytes. */
	maxBytes: number;
}

/** Stores one file of a result in n8n's binary store. */
export async function storeOutputFile(
	connection: Connection,
	file: ResultFile,
	{ result, place, fileName, maxBytes }: FileToStore,
): Promise<StoredFile> {
	if (file.stored) return file.stored;
	const { context } = connection;
	const seedOrId = result.seed === null ? result.requestId : String(result.seed);
	let name = '';
	const nameOf = (type: FileType) => {
		const preferredName = outputFileName(fileName, type, {
			model: result.model,
			seedOrId,
			...place,
		});
		return (name = claimName(context, preferredName));
	};
	try {
		if (file.content) {
			const type = determineType(file.content.firstBytes, file.contentType);
			return await storeFile(context, file.content, type, nameOf(type));
		}
		if (file.base64 !== undefined) {
			const bytes = Buffer.from(file.base64, 'base64');
			const type = determineType(bytes, file.contentType, file.fileName);
			return await storeFile(context, bytes, type, nameOf(type));
		}
		return await downloadFile(context, {
			url: file.url ?? '',
			contentType: file.contentType,
			fileName: file.fileName,
			nameOf,
			maxRetries: connection.maxRetries,
			maxBytes,
			cancel: connection.cancel,
			failure: (reason, status) => notDownloaded(file, result, reason, status),
		});
	} catch (thrown) {
		if (name) releaseName(context, name);
		throw paidFor(file.content ? asTransferFailure(thrown) : asFailure(thrown), result, file);
	}
}

/** Statuses with which file servers report a deleted file. */
const GONE = new Set([404, 410]);

function notDownloaded(
	file: ResultFile,
	result: ProducingRun,
	reason: string,
	status: number | undefined,
): SegmindFailure {
	const isGone = status !== undefined && GONE.has(status);
	return new SegmindFailure(`The finished file could not be downloaded: ${reason}`, {
		...(isGone ? { lost: true } : {}),
		description: whereToFindIt(result, file, isGone),
	});
}

/** A broken connection is not a bug and does not belong in n8n's log. */
function asTransferFailure(thrown: unknown): SegmindFailure {
	const { code, message } = thrown as { code?: unknown; message: string };
	return typeof code === 'string' ? new SegmindFailure(message, {}, thrown) : asFailure(thrown);
}

/** The result exists and is billed; only its transfer failed. */
function paidFor(failure: SegmindFailure, result: ProducingRun, file: ResultFile): SegmindFailure {
	const { requestId, isJob, model } = result;
	const message = file.content
		? `The connection broke while the finished file was being downloaded (${failure.message})`
		: failure.message;
	const details: FailureDetails = {
		description: whereToFindIt(result, file),
		...failure.details,
		...(isLost(result, file) ? { mayBeBilled: true } : {}),
		status: 'COMPLETED',
		...(isJob && requestId ? { requestId } : {}),
		...(model ? { model } : {}),
	};
	return new SegmindFailure(message, details, failure.cause);
}

/** Whether the bytes exist nowhere else. */
function isLost({ isJob }: ProducingRun, { url }: ResultFile): boolean {
	return !isJob && url === null;
}

/** Where a file that could not be stored is still available, and where the run's other files are. */
function whereToFindIt(source: ProducingRun, file: ResultFile, isGone = false): string {
	const others = source.files.flatMap(({ url }) => (url === null || url === file.url ? [] : url));
	const otherFiles = others.length ? `Its other files: ${others.join(' ')}` : '';
	return [whereItIs(source, file, isGone), otherFiles].filter(Boolean).join('. ');
}

function whereItIs(source: ProducingRun, file: ResultFile, isGone: boolean): string {
	const { requestId, isJob, metrics } = source;
	if (isLost(source, file)) {
		const cost = metrics.cost === null ? '' : ` ($${metrics.cost})`;
		return `It was made and billed${cost}, and cannot be fetched again: a picture made in the mode Sync has no URL. It was not repeated; the mode Async keeps a URL.${requestId ? ` Request ${requestId}` : ''}`;
	}
	const collecting = isJob ? `collect job ${requestId} with Segmind Check Status` : '';
	if (isGone) {
		// The file of an old job no longer exists, that of a new one may not exist yet.
		const ways = [`open ${file.url} later`, collecting];
		return `It was made and billed. Segmind deletes files after seven days; if it is not that old, ${ways.filter(Boolean).join(', or ')}`;
	}
	const ways = [
		file.url === null ? '' : `Segmind keeps it for seven days at ${file.url}: open that URL`,
		collecting,
	];
	return `It was made and billed. ${ways.filter(Boolean).join(', or ')}`;
}
