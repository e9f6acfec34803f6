import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import type { OutputSettings } from './outputSettings';

/** The hint on an input item's files whose place new ones took; none where all of them are still there. */
export function replacedFiles(
	{ inputBinary }: OutputSettings,
	made: readonly INodeExecutionData[],
): string[] {
	const replaced = Object.entries(inputBinary ?? {}).filter(([field, before]) =>
		made.some(({ binary }) => !isSame(binary?.[field], before)),
	);
	if (!replaced.length) return [];
	const fields = replaced.map(([field]) => `"${field}"`).join(', ');
	return [
		`The item's file in ${fields} was replaced by the new one. To keep both, set the option Put Output File in Field to another name, such as "result"`,
	];
}

/** n8n copies the description of a file, but not its place in the store, or its content where it has none. */
function isSame(made: IBinaryData | undefined, before: IBinaryData): boolean {
	return made?.id === before.id && made?.data === before.data;
}
