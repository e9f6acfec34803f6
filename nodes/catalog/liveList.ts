import { Pace, type Steps } from '../api/slices';
import { readKind, type Kind } from './kinds';
import { readLiveParameters } from './liveParameters';
import { isSlug } from './modelSlug';
import type { ListedModel, Model } from './models';
import type { ModelParameter } from './parameters';

/** One entry of Segmind's live model list. */
export interface LiveModel {
	slug: string;
	name: string;
	/** Null for an unknown type. */
	kind: Kind | null;
	/** Marked by Segmind as no longer offered. */
	retired: boolean;
	/** What the list says about the model's fields; usually nothing. */
	parameters: ModelParameter[];
}

/** Twice what Segmind offers: a search through tens of thousands would block n8n. A slug can always be typed in. */
const MAX_ADDED = 1000;

/** Old entries have a database ID in place of a slug: 24 or 32 hex digits, or a UUID. The API knows no model by these. */
const DATABASE_ID = /^([0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12})$/i;

/**
 * Reads the answer of GET /inference-model-information/list in each shape seen in the wild: one array under a title,
 * under `models`, or bare. Entries without a usable slug are left out; invalid data yields an empty list. Never throws.
 */
export function* parseLiveList(body: unknown): Steps<LiveModel[]> {
	const entries = new Map<string, LiveModel>();
	const pace = new Pace();
	for (const entry of arrayOf(body)) {
		if (pace.isDue()) yield;
		const model = readEntry(entry);
		if (model && !entries.has(model.slug)) entries.set(model.slug, model);
	}
	return [...entries.values()];
}

/**
 * The models to show: the bundled ones, without those that Segmind has retired, plus the new ones. A bundled model
 * missing from the live list counts as retired only if the list contains at least half of the bundled ones: a shorter
 * list is incomplete and would empty the picker.
 */
export function mergeLive(bundled: readonly Model[], live: LiveModel[]): ListedModel[] {
	const bySlug = new Map(live.map((model) => [model.slug, model]));
	const listed = bundled.filter(({ slug }) => bySlug.has(slug));
	const isComplete = listed.length * 2 >= bundled.length;
	const kept = bundled.filter(({ slug }) => {
		const entry = bySlug.get(slug);
		return entry ? !entry.retired : !isComplete;
	});
	const bundledSlugs = new Set(bundled.map(({ slug }) => slug));
	const added = live
		.filter(({ slug, retired }) => !retired && !bundledSlugs.has(slug))
		.slice(0, MAX_ADDED);
	return [
		...kept.map((model) => (bySlug.has(model.slug) ? withoutUnlisted(model) : model)),
		...added.map(({ slug, name, kind }) => ({
			slug,
			name,
			kind,
			averageCostUsd: null,
			averageSeconds: null,
		})),
	];
}

/** Clears the mark of a possibly retired model, since the live list has it. */
function withoutUnlisted(model: Model): ListedModel {
	const listed: ListedModel = { ...model };
	delete listed.unlisted;
	return listed;
}

function arrayOf(body: unknown): unknown[] {
	if (Array.isArray(body)) return body;
	if (typeof body !== 'object' || body === null) return [];
	const isFilled = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;
	return Object.values(body).find(isFilled) ?? [];
}

function readEntry(entry: unknown): LiveModel | undefined {
	if (typeof entry !== 'object' || entry === null) return undefined;
	const row = entry as Record<string, unknown>;
	const slug = [row.slug, row.model_id, row.id]
		.map(textOf)
		.find((text) => isSlug(text) && !DATABASE_ID.test(text));
	if (!slug) return undefined;
	return {
		slug,
		name: textOf(row.title) || textOf(row.name) || slug,
		kind: readKind(textOf(row.type)) ?? null,
		// Segmind's spelling, and the correct one.
		retired: row.is_depreciated === true || row.is_deprecated === true,
		parameters: readLiveParameters(row.parameters),
	};
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim().slice(0, 100) : '';
}
