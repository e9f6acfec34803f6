import type { IExecuteFunctions } from 'n8n-workflow';

import { readModelSlug } from '../catalog/modelSlug';
import type { ModelCall } from '../jobs/modelCall';

/** The model and prompt that an item requested, from its call or, if that could not be read, its parameters. Never throws. */
export function readRequestedRun(
	context: IExecuteFunctions,
	itemIndex: number,
	call: ModelCall | undefined,
): { model: string | null; prompt: string | null } {
	if (call) return { model: call.slug, prompt: call.prompt };
	const model = readModelSlug(parameter(context, itemIndex, 'model'));
	const prompt = parameter(context, itemIndex, 'prompt');
	return {
		model: 'slug' in model ? model.slug : null,
		prompt: typeof prompt === 'string' && prompt ? prompt : null,
	};
}

function parameter(context: IExecuteFunctions, itemIndex: number, name: string): unknown {
	try {
		return context.getNodeParameter(name, itemIndex, '');
	} catch {
		// An expression that cannot be evaluated has already failed the item.
		return '';
	}
}
