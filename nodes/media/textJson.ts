import type { IDataObject } from 'n8n-workflow';

import type { ChatFacts } from '../api/chatFacts';
import { NO_METRICS, type Metrics } from '../api/metrics';

/** The facts of a text item. */
export interface TextFacts {
	status: 'COMPLETED' | 'QUEUED' | 'PROCESSING';
	model: string | null;
	prompt: string | null;
	requestId: string | null;
	text?: string;
	json?: unknown;
	chat?: ChatFacts;
	metrics?: Metrics;
}

/** The JSON of an item with a model's text; null where unknown. */
export function textJson({
	status,
	model,
	prompt,
	requestId,
	text,
	json,
	chat,
	metrics = NO_METRICS,
}: TextFacts): IDataObject {
	const { cost, remaining_credits, inference_time } = metrics;
	return {
		status,
		model,
		prompt,
		text: text ?? null,
		json: (json as IDataObject | undefined) ?? null,
		finish_reason: chat?.finishReason ?? null,
		input_tokens: chat?.inputTokens ?? null,
		output_tokens: chat?.outputTokens ?? null,
		cost,
		remaining_credits,
		inference_time,
		request_id: requestId,
	};
}
