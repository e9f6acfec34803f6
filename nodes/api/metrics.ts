import { asNumber } from './number';

/** Cost and duration of a run, spelled as in output items; null where the API does not say. */
export interface Metrics {
	/** US dollars. */
	cost: number | null;
	/** US dollars. */
	remaining_credits: number | null;
	/** Seconds. */
	inference_time: number | null;
}

/** The metrics of a run that has not completed. */
export const NO_METRICS: Metrics = { cost: null, remaining_credits: null, inference_time: null };

/** The metrics of a finished job or PixelFlow. Source: Segmind documentation "Async inference", result. */
export function metricsOfBody({ metrics }: Record<string, unknown>): Metrics {
	const reported = (metrics ?? {}) as Record<string, unknown>;
	return {
		cost: asNumber(reported.cost),
		remaining_credits: asNumber(reported.remaining_credits),
		inference_time: asNumber(reported.inference_time),
	};
}

/** The metrics of a v1 call. Source: Segmind documentation "Serverless API", response headers. */
export function metricsOfHeaders(headers: Record<string, string>): Metrics {
	return {
		cost: asNumber(headers['x-cost']),
		remaining_credits: asNumber(headers['x-remaining-credits']),
		inference_time: asNumber(headers['x-generation-time']),
	};
}

/** The duration of a finished job as reported by Segmind, in milliseconds; undefined if not reported. */
export function jobDurationMs({ metrics }: Record<string, unknown>): number | undefined {
	const seconds = asNumber(((metrics ?? {}) as Record<string, unknown>).total_time);
	return seconds ? seconds * 1000 : undefined;
}
