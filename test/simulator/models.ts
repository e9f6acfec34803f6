import { findModel, outputType, type Model } from '../../nodes/catalog/models';
import { parameterTable, type ModelParameter } from '../../nodes/catalog/parameters';
import type { OutputKind } from './types';

export interface KnownModel {
	slug: string;
	name: string;
	kind: OutputKind;
	averageCostUsd: number | null;
	averageSeconds: number | null;
	/** Empty where no page documents them. */
	parameters: ModelParameter[];
}

/** What the directory does not tell; two models left it but are alive here, with a plausible time and price. */
const MEASURED: Record<string, { averageCostUsd: number; averageSeconds: number }> = {
	'sdxl-txt2img': { averageCostUsd: 0.006, averageSeconds: 5 },
	'consistent-character-AI-neolemon-v2': { averageCostUsd: 0.05, averageSeconds: 20 },
};

/** The model with exactly this slug (slugs are case sensitive). */
export function modelOf(slug: string): KnownModel | undefined {
	const model = findModel(slug);
	return model && known(model);
}

function known(model: Model): KnownModel {
	const { slug, name, averageCostUsd, averageSeconds } = model;
	return {
		slug,
		name,
		kind: kindOf(model),
		averageCostUsd: averageCostUsd ?? MEASURED[slug]?.averageCostUsd ?? null,
		averageSeconds: averageSeconds ?? MEASURED[slug]?.averageSeconds ?? null,
		parameters: parameterTable(slug)?.parameters ?? [],
	};
}

/** A language model talks in its provider's JSON; a transcriber just gives text. */
function kindOf({ kind }: Model): OutputKind {
	if (kind === 'Text' || kind === 'Image to Text') return 'chat';
	return outputType(kind);
}
