import { numberRange } from '../numberRange';
import type { ModelParameter } from '../parameters';
import type { TargetModel } from './aspectRatio';
import { translated, unsupported, type Translation } from './translation';

/** Fields for a number of frames, and for frames per second. Source: the model pages. */
const FRAMES = ['num_frames', 'frames', 'number_of_frames'];
const RATES = ['fps', 'frames_per_second', 'frame_rate'];

/**
 * Translates a duration in seconds for a model that takes a number of frames; undefined if it takes none. The frame rate
 * is the table's default; it is sent too, so that the two always match.
 */
export function frameFields(
	seconds: number,
	{ name, table }: TargetModel,
): Translation | undefined {
	const find = (names: string[]) =>
		table.parameters.find((candidate) => names.includes(candidate.name));
	const [frames, rate] = [find(FRAMES), find(RATES)];
	if (!frames) return undefined;
	const perSecond = rate?.default;
	if (!rate || typeof perSecond !== 'number' || perSecond <= 0) {
		return unsupported(
			`${name} has no setting for the duration, only "${frames.name}": set the number of frames in Parameters`,
		);
	}
	const count = Math.round(seconds * perSecond);
	if (accepts(frames, count)) return translated({ [frames.name]: count, [rate.name]: perSecond });
	return unsupported(
		`${name} cannot make a video of ${seconds} seconds: at ${perSecond} frames per second that is ${count} frames, and "${frames.name}" takes ${acceptedText(frames)}`,
	);
}

function accepts(
	{ choices, min = 1, max = Infinity, multipleOf = 1 }: ModelParameter,
	count: number,
) {
	if (choices) return choices.some((choice) => Number(choice) === count);
	return count >= min && count <= max && count % multipleOf === 0;
}

function acceptedText(frames: ModelParameter): string {
	if (frames.choices) return frames.choices.join(', ');
	const { multipleOf = 1 } = frames;
	return multipleOf > 1 ? `multiples of ${multipleOf}` : numberRange({ min: 1, ...frames });
}
