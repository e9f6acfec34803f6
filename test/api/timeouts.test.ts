import { uploadTimeoutMs } from '../../nodes/api/timeouts';

const MINUTE_MS = 60_000;

// 1 Mbit/s is 125 bytes a millisecond; two minutes are for the storing; nothing may take more than half an hour.
it.each<[bytes: number, timeoutMs: number]>([
	[0, 2 * MINUTE_MS],
	[7_500_000, 3 * MINUTE_MS],
	[75_000_000, 12 * MINUTE_MS],
	[210_000_000, 30 * MINUTE_MS],
	[2 * 1024 ** 3, 30 * MINUTE_MS],
])('the timeout of an upload of %i bytes is %i ms', (bytes, timeoutMs) => {
	expect(uploadTimeoutMs(bytes)).toBe(timeoutMs);
});
