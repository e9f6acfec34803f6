import { isRequestId } from '../../nodes/api/requestId';

describe('isRequestId', () => {
	it.each<[text: string, expected: boolean]>([
		['8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10', true],
		['0123456789abcdef0123456789abcdef', true],
		['req_12345678', true],
		['short', false],
		['', false],
		[' 8b3c5b6e-2a57', false],
		['../../v1/get-user-credits', false],
		['8b3c5b6e/status', false],
		['8b3c5b6e?x=1', false],
		['-8b3c5b6e', false],
		['a'.repeat(100), true],
		['a'.repeat(101), false],
	])('%j: %p', (text, expected) => expect(isRequestId(text)).toBe(expected));
});
