import { reusedHint } from '../../nodes/jobs/reusedHint';

it.each([
	[0, []],
	[1, ['One item was reused from earlier requests and cost nothing']],
	[12, ['12 items were reused from earlier requests and cost nothing']],
])('%i: %j', (reused, hint) => expect(reusedHint(reused)).toEqual(hint));
