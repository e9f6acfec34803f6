import { failure, json } from '../answers';
import type { Answer } from '../types';
import type { World } from '../world';

/** GET /v1/get-user-credits: dollars, with a hyphen in the second key. */
export function credits(world: World): Answer {
	world.jobs.settle();
	if (world.noCreditsRecord) return failure(404, 'No credits found for the user');
	return json(200, { credits: world.purse.credits, 'free-credits': world.purse.free });
}
