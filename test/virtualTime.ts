/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */

/**
 * Lets time pass only while everything waits: when nothing is left to do, the clock jumps to the end of the timer that ends
 * first (`AbortSignal.timeout`, the only one that nodes/ has). So hours take no time, and every moment is exact.
 */
export function startVirtualTime(): { stop: () => void } {
	let time = Date.now();
	const timers: Array<{ endsAt: number; timer: AbortController }> = [];
	const spies = [
		jest.spyOn(Date, 'now').mockImplementation(() => time),
		jest.spyOn(performance, 'now').mockImplementation(() => time),
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			const timer = new AbortController();
			timers.push({ endsAt: time + ms, timer });
			if (timers.length === 1) setImmediate(jump);
			return timer.signal;
		}),
	];
	const jump = () => {
		timers.sort((one, other) => one.endsAt - other.endsAt);
		const next = timers.shift();
		if (!next) return;
		time = Math.max(time, next.endsAt);
		next.timer.abort();
		if (timers.length) setImmediate(jump);
	};
	return { stop: () => spies.forEach((spy) => spy.mockRestore()) };
}
