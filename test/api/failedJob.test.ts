import { flowFailed, jobFailed } from '../../nodes/api/failedJob';

const ID = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';

it('a failed job is told with its reason, and was not billed', () => {
	const { message, details } = jobFailed(ID, 'flux', { failureReason: 'Prompt is required' });
	expect(message).toBe('The job failed: Prompt is required');
	expect(details).toMatchObject({
		requestId: ID,
		model: 'flux',
		status: 'FAILED',
		failureReason: 'Prompt is required',
	});
	expect(details).not.toHaveProperty('mayBeBilled');
	expect(details.description).toContain('Nothing was billed');
	expect(details.description).toContain(ID);
});

it('an end that is not documented may have been billed', () => {
	const { details } = jobFailed(ID, 'flux', { failureReason: 'x', undocumentedStatus: 'CANCELED' });
	expect(details.mayBeBilled).toBe(true);
	expect(details.description).toMatch(/CANCELED.*check your balance/);
	expect(details.description).not.toContain('Nothing was billed');
});

it('names no model where none is known', () => {
	expect(jobFailed(ID, null, {}).details).not.toHaveProperty('model');
});

// It costs the sum of its models, and no source says that those that ran are given back.
it('a failed PixelFlow may have been billed', () => {
	const { message, details } = flowFailed(ID, { failureReason: 'no face found' });
	expect(message).toBe('The job failed: no face found');
	expect(details).toMatchObject({ requestId: ID, status: 'FAILED', mayBeBilled: true });
	expect(details.description).toMatch(/may have been billed.*Check your balance/);
});

it.each([jobFailed(ID, null, {}), flowFailed(ID, {})])(
	'says that there is no reason',
	(failure) => {
		expect(failure.message).toBe('The job failed: Segmind gave no reason');
	},
);
