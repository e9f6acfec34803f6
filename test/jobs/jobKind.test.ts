import { fetchResult, pollJob } from '../../nodes/api/inference';
import { pollPixelFlow } from '../../nodes/api/pixelFlow';
import { jobApi, type JobApi, type JobKind } from '../../nodes/jobs/jobKind';

const UUID = '8b3c5b6e-2a57-4f0f-9a55-0c6a4f1f2d10';
const HEX = '0123456789abcdef0123456789ABCDEF';

const requests: JobApi = { poll: pollJob, fetch: fetchResult };
/** The poll includes the output. */
const flows: JobApi = { poll: pollPixelFlow };

it.each<[kind: JobKind, requestId: string, api: JobApi]>([
	['model', UUID, requests],
	['model', HEX, requests],
	['pixelFlow', UUID, requests],
	['pixelFlow', HEX, flows],
	['pixelFlow', `${HEX}0`, requests],
])('chooses the polling endpoint of a %s job with ID %s', (kind, requestId, api) => {
	expect(jobApi(kind, requestId)).toEqual(api);
});
