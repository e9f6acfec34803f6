import type { INodeProperties } from 'n8n-workflow';
import {
	audioOptions,
	checkStatusOptions,
	flowOptions,
	generateOptions,
	submitOptions,
	uploadOptions,
	videoOptions,
} from '../../nodes/fields/options';

it.each(
	Object.entries({
		generateOptions,
		videoOptions,
		audioOptions,
		submitOptions,
		flowOptions,
		checkStatusOptions,
		uploadOptions,
	}),
)('%s are in the order of their labels, each once', (_name, { options }) => {
	const labels = (options as INodeProperties[]).map(({ displayName }) => displayName);
	expect(labels).toEqual([...new Set(labels)].sort((a, b) => a.localeCompare(b)));
});
