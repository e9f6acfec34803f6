import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

import type { OutputSettings } from './outputSettings';

/** The hint on input files that were replaced by new ones of the same name; none if all were kept. */
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

/** n8n copies a file's description, but keeps its ID in the store, or without one its content. */
function isSame(made: IBinaryData | undefined, before: IBinaryData): boolean {
	return made?.id === before.id && made?.data === before.data;
}
