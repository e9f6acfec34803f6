import type { IDataObject } from 'n8n-workflow';
import { callFacts } from '../../nodes/fields/callFacts';
import type { ItemOptions } from '../../nodes/fields/itemOptions';

const options = { estimateOnly: false, reuseDays: 3 } as ItemOptions;
const factsOf = (slug: string, body: IDataObject) => callFacts(slug, body, options);

it('takes price and duration from the catalogue, if they are there', () => {
	expect(factsOf('fast-flux-schnell', {})).toMatchObject({
		averageUsd: 0.00547,
		averageSeconds: expect.any(Number) as number,
		reuseDays: 3,
	});
	expect(factsOf('my-own-lora', {})).toMatchObject({ averageUsd: null, averageSeconds: null });
	expect(factsOf('sdxl-txt2img', {})).toMatchObject({ averageUsd: null });
});

it.each<[body: IDataObject, images: number]>([
	[{}, 1],
	[{ samples: 4 }, 4],
	[{ num_images: '2' }, 2],
	[{ n: 0 }, 1],
	[{ samples: 'many' }, 1],
	[{ max_images: null }, 1],
])('%j asks for %i images', (body, images) => {
	expect(factsOf('nano-banana', body).images).toBe(images);
});

it.each<[seed: unknown, isRandom: boolean]>([
	[-1, true],
	['-1', true],
	[0, false],
	[undefined, false],
	['', false],
	[null, false],
])('the seed %j is random: %p', (seed, isRandom) => {
	const body = { seed } as IDataObject;
	expect(factsOf('nano-banana', body).hasRandomSeed).toBe(isRandom);
});
