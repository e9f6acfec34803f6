import { recordDuration, usualDuration, usualDurationMs } from '../../nodes/jobs/usualDuration';
import { now, sleepUntil } from '../../nodes/clock';
import { startVirtualTime } from '../virtualTime';

describe('usualDurationMs', () => {
	it.each<[string, number[], number | null | undefined, number | undefined]>([
		['nothing is known', [], null, undefined],
		['nothing is known of an average', [], undefined, undefined],
		['an average of 0 says nothing', [], 0, undefined],
		['only the average is known', [], 12, 12_000],
		['two jobs are too few to believe', [90_000, 91_000], 12, 12_000],
		['the run has seen three that contradict it', [90_000, 3_000, 91_000], 12, 90_000],
		['the run has seen three of a model without an average', [5_000, 7_000, 6_000], null, 6_000],
		['one that took far longer changes little', [5_000, 6_000, 7_000, 8_000, 600_000], 30, 7_000],
		['the first to end are the short ones', [6_000, 7_000, 8_000], 12, 12_000],
		['the average is about right', [13_000, 20_000, 22_000, 24_000], 12, 12_000],
	])('%s', (_, seen, averageSeconds, usual) => {
		expect(usualDurationMs(seen, averageSeconds)).toBe(usual);
	});

	it('does not modify the observed durations', () => {
		const seen = [3, 1, 2];
		usualDurationMs(seen, 1);

		expect(seen).toEqual([3, 1, 2]);
	});
});

describe('usualDuration', () => {
	let time: ReturnType<typeof startVirtualTime>;

	beforeEach(() => (time = startVirtualTime()));
	afterEach(() => time.stop());

	const account = (apiKey: string, baseUrl = 'https://a') => ({
		apiKey,
		hosts: { baseUrl },
	});
	const see = (who: ReturnType<typeof account>, model: string, seconds: number[]) => {
		for (const second of seconds) recordDuration(who, model, second * 1000);
	};

	it('is learnt for each host, key and model separately', () => {
		see(account('one'), 'flux', [30, 31, 32]);
		expect(usualDuration(account('one'), 'flux', 2)).toBe(31_000);
		for (const [who, model] of [
			[account('two'), 'flux'],
			[account('one', 'https://b'), 'flux'],
			[account('one'), 'veo-3'],
		] as const) {
			expect(usualDuration(who, model, 2)).toBe(2_000);
			expect(usualDuration(who, model, null)).toBeUndefined();
		}
	});

	it('goes by the latest twenty jobs', () => {
		const who = account('twenty');
		see(who, 'flux', Array<number>(50).fill(30));
		see(who, 'flux', Array<number>(20).fill(5));
		expect(usualDuration(who, 'flux', null)).toBe(5_000);
	});

	it('is forgotten after ten idle minutes', async () => {
		const who = account('idle');
		see(who, 'flux', [30, 31, 32]);
		await sleepUntil(now() + 9 * 60_000);
		expect(usualDuration(who, 'flux', 2)).toBe(31_000);
		await sleepUntil(now() + 10 * 60_000);
		expect(usualDuration(who, 'flux', 2)).toBe(2_000);
	});
});
