import { describe } from '../api/advice';
import { SegmindFailure } from '../api/failure';
import { findModel } from '../catalog/models';
import { priceText } from '../catalog/price';

const TELL_LIMIT = 'Tell the user that this would cost more than the workflow allows.';

/** Amounts in US dollars. */
interface Spent {
	limitUsd: number;
	spentUsd: number;
}

/** The failure of a call that does not fit into the limit; its estimate is null if its cost is unknown. */
export function overLimit(
	model: string,
	estimateUsd: number | null,
	{ limitUsd, spentUsd }: Spent,
): SegmindFailure {
	const more = estimateUsd === null ? 'any more' : `about ${priceText(estimateUsd)} more`;
	return new SegmindFailure(
		`Not sent: with ${more}, the run could cost more than its Max Cost of ${priceText(limitUsd)}`,
		{
			notSent: true,
			model,
			...describe(spentText(spentUsd), {
				person: 'Raise Max Cost, or run the remaining items later',
				agent: TELL_LIMIT,
			}),
		},
	);
}

/** The failure of a call whose cost is unknown and would remain so. */
export function unpriced(model: string, { limitUsd, spentUsd }: Spent): SegmindFailure {
	return new SegmindFailure(
		`Not sent: the price of ${nameOf(model)} is not known, so the run could cost more than its Max Cost of ${priceText(limitUsd)}`,
		{
			notSent: true,
			model,
			...describe(
				'It is neither in the catalogue nor in an answer of this run.',
				spentText(spentUsd),
				{
					person: `Look up its price on https://www.segmind.com/models/${model}, and remove Max Cost if it is acceptable`,
					agent: TELL_LIMIT,
				},
			),
		},
	);
}

function spentText(spentUsd: number): string {
	const spent =
		spentUsd > 0 ? `has cost about ${priceText(spentUsd)}` : 'is not known to have cost anything';
	return `Nothing was billed for this item; so far the run ${spent}.`;
}

/** The failure of a whole run whose estimates are over the limit before anything is sent. */
export function runOverLimit(
	items: number,
	{ totalUsd, fitting }: { totalUsd: number; fitting: number },
	{ limitUsd, spentUsd }: Spent,
): SegmindFailure {
	const all = items === 1 ? 'the item is' : `the ${items} items are`;
	const some =
		fitting === 0
			? 'not even one would fit'
			: fitting === 1
				? 'only the first one would fit'
				: `only the first ${fitting} would fit`;
	const earlier = spentUsd > 0 ? ` Earlier requests count as ${priceText(spentUsd)}.` : '';
	return new SegmindFailure(
		`Max Cost: ${all} estimated at about ${priceText(totalUsd)}, over the limit of ${priceText(limitUsd)}: ${some}`,
		{
			notSent: true,
			...describe(`Nothing was sent.${earlier} Estimates are average prices, not quotes.`, {
				person:
					'Raise Max Cost, give the node fewer items, or set On Error to Continue: then items are sent as long as they fit',
				agent: TELL_LIMIT,
			}),
		},
	);
}

function nameOf(model: string): string {
	return findModel(model)?.name ?? model;
}
