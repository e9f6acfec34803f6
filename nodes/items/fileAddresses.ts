import type {
	IBinaryData,
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';

/** How long n8n's signed URLs work, provided the execution is kept that long. */
const OPENS_FOR = '7 days';
const SIGNED_NOTE =
	'A URL of this n8n opens the file for seven days, without signing in, as long as this execution is kept.';
const MEMORY_NOTE =
	'This n8n keeps files only in memory: those without a URL were lost with this execution.';

/**
 * A working URL for each file of finished items: Segmind's, else n8n's signed URL of the stored file. If n8n keeps
 * files in memory there is none: then the file's name, with a note.
 */
export function fileAddresses(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	inputBinary: IBinaryKeyData | undefined,
): { addresses: string[]; note?: string } {
	const kept = new Set(Object.values(inputBinary ?? {}));
	const addresses = new Set<string>();
	let note: string | undefined;
	const add = (file: IBinaryData) => {
		const signed = signedUrl(context, file);
		addresses.add(signed ?? file.fileName ?? 'a file');
		note = signed ? (note ?? SIGNED_NOTE) : MEMORY_NOTE;
	};
	for (const { json, binary = {} } of items) {
		const newFiles = Object.values(binary).filter((file) => !kept.has(file));
		for (const { url, field } of filesOf(json)) {
			const ownFile = field === undefined ? undefined : binary[field];
			if (url !== undefined) addresses.add(url);
			else (ownFile ? [ownFile] : newFiles).forEach(add);
			if (url === undefined && !newFiles.length && json.file_name)
				addresses.add(String(json.file_name));
		}
	}
	return { addresses: [...addresses], note };
}

/** The files that an item's keys describe: a single file, a list of all, or the main one and the URLs of the others. */
function filesOf(json: IDataObject): Array<{ url?: string; field?: string }> {
	const { outputs, files, other_files: otherFiles } = json;
	const list = [outputs, files].find((value) => Array.isArray(value) && value.length > 0);
	const entries = [
		...((list as unknown[] | undefined) ?? [json]),
		...(Array.isArray(otherFiles) ? (otherFiles as unknown[]).map((url) => ({ url })) : []),
	];
	const asText = (value: unknown) => (typeof value === 'string' && value ? value : undefined);
	return entries.map((entry) => {
		const { url, binary_field: field } = (entry ?? {}) as Record<string, unknown>;
		return { url: asText(url), field: asText(field) };
	});
}

/** Never throws: without a URL the file's name is used instead. */
function signedUrl({ helpers }: IExecuteFunctions, file: IBinaryData): string | undefined {
	if (!file.id) return undefined;
	try {
		return helpers.createBinarySignedUrl(file, OPENS_FOR);
	} catch {
		return undefined;
	}
}
