import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import type { OutputSettings } from './outputSettings';

/** The hint on input files that were replaced by new ones of the same name; none if all were kept. */
export function replacedFiles(
	{ inputBinary }: OutputSettings,
	outputItems: readonly INodeExecutionData[],
): string[] {
	const replaced = Object.entries(inputBinary ?? {}).filter(([field, original]) =>
		outputItems.some(({ binary }) => !isSame(binary?.[field], original)),
	);
	if (!replaced.length) return [];
	const fields = replaced.map(([field]) => `"${field}"`).join(', ');
	return [
		`The item's file in ${fields} was replaced by the new one. To keep both, set the option Put Output File in Field to another name, such as "result"`,
	];
}

/** n8n copies a file's description, but keeps its ID in the store, or without one its content. */
function isSame(current: IBinaryData | undefined, original: IBinaryData): boolean {
	return current?.id === original.id && current?.data === original.data;
}
