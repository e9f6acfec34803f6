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

/** Reads the body of a completed PixelFlow: each output with its files, whatever its declared type. */
export function* resultOfFlow(body: Record<string, unknown>, requestId: string): Steps<FlowResult> {
	const declared = yield* readFlowOutputs(body);
	const named: FlowResultOutput[] = [];
	for (const output of declared) named.push(yield* withFiles(output));
	const outputs = [...named, ...(yield* filesElsewhere(body, named))];
	return {
		model: null,
		requestId,
		isJob: true,
		seed: null,
		metrics: metricsOfBody(body),
		files: outputs.flatMap(({ files }) => files),
		text: null,
		data: dataOf(outputs),
		raw: (yield* withoutFiles(body)) as IDataObject,
		missingOutputs: declared
			.filter((output, index) => isMediaOutput(output) && !named[index]?.files.length)
			.map(({ key }) => `"${key}"`),
		outputs,
	};
}

/** The values by name. Anything but a list of named outputs is judged as is, since it may be a refusal. */
function dataOf(outputs: FlowResultOutput[]): unknown {
	const [first] = outputs;
	if (outputs.length === 1 && first?.key === 'output_1') return first.data;
	return Object.fromEntries(outputs.map(({ key, data }) => [key, data]));
}

/** Whether an output was declared as a file. */
function isMediaOutput({ type }: FlowOutput): boolean {
	return type !== null && !PLAIN_TYPES.test(type) && (type === 'file' || isMediaRole(type));
}

function* withFiles(output: FlowOutput): Steps<FlowResultOutput> {
	const { key, type, data } = output;
	const found =
		type !== null && PLAIN_TYPES.test(type)
			? []
			: // Without a meaningful type, only an output's name and value can identify a file.
				(yield* findFiles(isMediaOutput(output) ? data : { [key]: data })).files;
	const files = found.map((file) => ({ ...file, role: key }));
	const isText = typeof data === 'string' && files.some(({ url }) => url === null);
	return { key, data: isText ? null : yield* withoutFiles(data, files), files };
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
