import type { IDataObject } from 'n8n-workflow';

import { findFiles } from './findFiles';
import { metricsOfBody } from './metrics';
import { identityOf, type OutputFile } from './outputFile';
import { isMediaRole } from './outputRole';
import { withoutFiles } from './outputs';
import { freeNames, readFlowOutputs, type FlowOutput } from './pixelFlow';
import type { Result } from './result';
import type { Steps } from './slices';

/** One output of a finished PixelFlow with the files in it. */
export interface FlowResultOutput {
	/** Its name in the PixelFlow. */
	key: string;
	/** Its value; null for a file without a URL. */
	data: unknown;
	files: OutputFile[];
}

/** A finished PixelFlow. */
export interface FlowResult extends Result {
	outputs: FlowResultOutput[];
}

/** Output types whose value is taken literally, even if it looks like a URL. */
const PLAIN_TYPES = /^(text|string|prompt|number|integer|int|float|boolean|bool)$/;

/** Output types that are files of some other kind than media. */
const FILE_TYPES = /^(files?|documents?|models?|archives?)$/;

/** Reads the body of a completed PixelFlow: each output with its files, whatever its declared type. */
export function* resultOfFlow(body: Record<string, unknown>, requestId: string): Steps<FlowResult> {
	const declared = yield* readFlowOutputs(body);
	const named: FlowResultOutput[] = [];
	for (const output of declared) named.push(yield* withFiles(output));
	const outputs = [...named, ...(yield* filesElsewhere(body, named))];
	// Anything but a list of named outputs is judged as is, since it may be a refusal.
	const unnamed = outputs.length === 1 && outputs[0]?.key === 'output_1' ? outputs[0] : undefined;
	return {
		model: null,
		requestId,
		isJob: true,
		seed: null,
		metrics: metricsOfBody(body),
		files: outputs.flatMap(({ files }) => files),
		text: null,
		data: unnamed ? unnamed.data : Object.fromEntries(outputs.map(({ key, data }) => [key, data])),
		raw: (yield* withoutFiles(body)) as IDataObject,
		missingOutputs: declared
			.filter((output, index) => isMediaOutput(output) && !named[index]?.files.length)
			.map(({ key }) => `"${key}"`),
		...(unnamed ? {} : { hasNamedOutputs: true }),
		outputs,
	};
}

/** Whether an output was declared as a file. */
function isMediaOutput({ type }: FlowOutput): boolean {
	return type !== null && !PLAIN_TYPES.test(type) && (FILE_TYPES.test(type) || isMediaRole(type));
}

function* withFiles(output: FlowOutput): Steps<FlowResultOutput> {
	const { key, type, data } = output;
	const found =
		type !== null && PLAIN_TYPES.test(type)
			? []
			: // Without a meaningful type, only an output's name and value can identify a file.
				(yield* findFiles(isMediaOutput(output) ? data : { [nameForSearch(key)]: data })).files;
	const files = found.map((file) => ({ ...file, role: key }));
	const isText = typeof data === 'string' && files.some(({ url }) => url === null);
	return { key, data: isText ? null : yield* withoutFiles(data, files), files };
}

/** In the list of outputs "input_photo" is an output, however it is called. */
function nameForSearch(key: string): string {
	return key.replace(/^inputs?_/i, '');
}

/** Files outside the list of outputs, each as an output named after its field. */
function* filesElsewhere(
	body: Record<string, unknown>,
	outputs: FlowResultOutput[],
): Steps<FlowResultOutput[]> {
	const known = new Set(outputs.flatMap(({ files }) => files.map(identityOf)));
	const taken = new Set(outputs.map(({ key }) => key));
	const free = freeNames((name) => taken.has(name));
	const { files } = yield* findFiles({ ...body, output: undefined });
	return files
		.filter((file) => !known.has(identityOf(file)))
		.map((file) => {
			const key = free(file.role ?? 'output');
			taken.add(key);
			return { key, data: file.url, files: [{ ...file, role: key }] };
		});
}
