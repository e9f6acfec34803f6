import type { ModelParameter } from '../parameters';
import type { TargetModel } from './aspectRatio';
import { frameFields } from './frames';
import { met, unmet, type Translation } from './translation';

/** Fields that take seconds. Source: the model pages. */
const FIELDS = ['duration', 'seconds', 'duration_seconds', 'output_seconds'];

/** A duration in seconds as the model's field: a number, a text among its choices, or a number of frames. */
export function durationFields(seconds: number, model: TargetModel): Translation {
	const { name, table } = model;
	const field = table.parameters.find((one) => FIELDS.includes(one.name));
	if (!field) {
		return frameFields(seconds, model) ?? unmet(`${name} has no setting for the duration`);
	}
	const value = valueOf(seconds, field);
	if (value !== undefined) return met({ [field.name]: value });
	return unmet(`${name} makes no video of ${seconds} seconds${offered(field)}`);
}

function valueOf(
	seconds: number,
	{ type, choices, min, max, default: usual }: ModelParameter,
): string | number | undefined {
	const choice = choices?.find((one) => secondsOf(one) === seconds);
	if (choice !== undefined) return choice;
	if (choices) return undefined;
	if (seconds < (min ?? 0) || seconds > (max ?? Infinity)) return undefined;
	if (type === 'number') return seconds;
	if (!Number.isInteger(seconds)) return undefined;
	if (type === 'integer') return seconds;
	const isWithUnit = /^\d+s$/.test(String(usual));
	return type === 'string' ? `${seconds}${isWithUnit ? 's' : ''}` : undefined;
}

/** "5", "5s" and 5 are five seconds; "auto" is not a duration. */
function secondsOf(choice: string | number): number {
	return Number(
		String(choice)
			.replace(/s(ec(onds?)?)?$/i, '')
			.trim() || NaN,
	);
}

function offered({ choices, min, max }: ModelParameter): string {
	if (choices) return `: it offers ${choices.join(', ')}`;
	if (min !== undefined && max !== undefined) return `: it takes ${min} to ${max}`;
	return max === undefined ? '' : `: it takes at most ${max}`;
}
