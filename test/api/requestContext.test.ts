import { isPaid } from '../../nodes/api/requestContext';
import type { RequestKind } from '../../nodes/api/retryRules';

it.each<[kind: RequestKind, paid: boolean]>([
	['read', false],
	['submit', true],
	['generate', true],
])('a %s request starts paid work: %p', (kind, paid) => {
	expect(isPaid({ kind, task: 'do it' })).toBe(paid);
});
