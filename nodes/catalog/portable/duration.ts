import type { ModelParameter } from '../parameters';
import type { TargetModel } from './aspectRatio';
import { frameFields } from './frames';
import { translated, unsupported, type Translation } from './translation';

/** Fields that take seconds. Source: the model pages. */
const FIELDS = ['duration', 'seconds', 'duration_seconds', 'output_seconds'];

/** Translates a duration in seconds to the model's field: a number, one of its choices, or a number of frames. */
export function durationFields(seconds: number, model: TargetModel): Translation {
	const { name, table } = model;
	const field = table.parameters.find((candidate) => FIELDS.includes(candidate.name));
	if (!field) {
		return frameFields(seconds, model) ?? unsupported(`${name} has no setting for the duration`);
	}
	const value = valueOf(seconds, field);
	if (value !== undefined) return translated({ [field.name]: value });
	return unsupported(`${name} cannot make a video of ${seconds} seconds${offeredText(field)}`);
}

function valueOf(
	seconds: number,
	{ type, choices, min, max, default: defaultValue }: ModelParameter,
): string | number | undefined {
	const choice = choices?.find((candidate) => secondsOf(candidate) === seconds);
	if (choice !== undefined) return choice;
	if (choices) return undefined;
	if (seconds < (min ?? 0) || seconds > (max ?? Infinity)) return undefined;
	if (type === 'number') return seconds;
	if (!Number.isInteger(seconds)) return undefined;
	if (type === 'integer') return seconds;
	const isWithUnit = /^\d+s$/.test(String(defaultValue));
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

function offeredText({ choices, min, max }: ModelParameter): string {
	if (choices) return `: it offers ${choices.join(', ')}`;
	if (min !== undefined && max !== undefined) return `: it takes ${min} to ${max}`;
	return max === undefined ? '' : `: it takes at most ${max}`;
}
