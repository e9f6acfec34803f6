import { modelRow } from '../../nodes/catalog/modelRow';
import type { ListedModel } from '../../nodes/catalog/models';

const model = (more: Partial<ListedModel>): ListedModel => ({
	slug: 'spark',
	name: 'Spark',
	kind: 'Text to Image',
	averageCostUsd: 0.00547,
	averageSeconds: 2.5,
	...more,
});

it('has the slug as its value and the model’s page as its URL', () => {
	expect(modelRow(model({}))).toEqual({
		name: 'Spark · ~$0.0055 · ~2.5 s · Text to Image',
		value: 'spark',
		url: 'https://www.segmind.com/models/spark',
	});
});

it.each<[more: Partial<ListedModel>, name: string]>([
	[{ averageCostUsd: 1.684, averageSeconds: 300 }, 'Spark · ~$1.68 · ~5 min · Text to Image'],
	[
		{ averageCostUsd: 0.000027, averageSeconds: 13.4 },
		'Spark · ~$0.000027 · ~13 s · Text to Image',
	],
	[{ averageCostUsd: null, averageSeconds: null }, 'Spark · Text to Image'],
	[{ averageCostUsd: null, kind: null }, 'Spark · ~2.5 s'],
	[
		{ averageCostUsd: null, averageSeconds: null, unlisted: true },
		'Spark · may be retired · Text to Image',
	],
])('shows what is known: %j', (more, name) => {
	expect(modelRow(model(more)).name).toBe(name);
});
