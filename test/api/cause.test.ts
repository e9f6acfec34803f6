import { causeOf, type Cause } from '../../nodes/api/cause';

it.each<[reason: string, cause: Cause | undefined]>([
	['content_policy_violation', 'content'],
	['NSFW content detected', 'content'],
	['Content moderation failed', 'content'],
	['The input image was flagged as sensitive', 'content'],
	['Your prompt violates our terms of service', 'content'],
	['PROHIBITED_CONTENT', 'content'],
	['SAFETY', 'content'],
	['DataInspectionFailed: Input data may contain inappropriate content.', 'content'],
	['The request was rejected by the safety system', 'content'],
	['Blocked by Responsible AI practices', 'content'],
	['Insufficient credits', 'credits'],
	['You do not have enough credits. Please top up.', 'credits'],
	['Your credits are exhausted', 'credits'],
	['not enough balance', 'credits'],
	['CUDA out of memory', undefined],
	['safety_tolerance must be a number from 0 to 6', undefined],
	['enable_safety_checker has to be a boolean', undefined],
	['Unsupported content type', undefined],
	['The image of the credit card is too small', undefined],
	['Internal error', undefined],
	['', undefined],
])('%s: %s', (reason, cause) => {
	expect(causeOf(reason)).toBe(cause);
});

it('reads a long reason only at its beginning', () => {
	expect(causeOf(`${'image '.repeat(100_000)}nsfw`)).toBeUndefined();
});
