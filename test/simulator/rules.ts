import type { RecordedRequest, ScriptRule, ScriptedAnswer } from './types';

interface LiveRule extends ScriptRule {
	times: number;
	skip: number;
}

/** The scripted answers, consulted in order. */
export class Rules {
	private rules: LiveRule[] = [];

	add(rule: ScriptRule): void {
		this.rules.push({ ...rule, times: rule.times ?? 1, skip: rule.skip ?? 0 });
	}

	clear(): void {
		this.rules = [];
	}

	/** Whether the decision needs the request's body: a function may read it. */
	needBody(request: RecordedRequest): boolean {
		return this.rules.some((rule) => matches(rule, request) && typeof rule.answer === 'function');
	}

	/** The scripted answer for a request, if any; counts as a use of its rule. */
	take(request: RecordedRequest): ScriptedAnswer | undefined {
		for (const rule of this.rules) {
			if (!matches(rule, request)) continue;
			if (rule.skip > 0) {
				rule.skip -= 1;
				continue;
			}
			const answer = typeof rule.answer === 'function' ? rule.answer(request) : rule.answer;
			if (!answer) continue;
			rule.times -= 1;
			if (rule.times <= 0) this.rules = this.rules.filter((other) => other !== rule);
			return answer;
		}
		return undefined;
	}
}

function matches(rule: ScriptRule, request: RecordedRequest): boolean {
	if (rule.origin && rule.origin !== request.origin) return false;
	if (rule.method && rule.method.toUpperCase() !== request.method) return false;
	if (rule.path === undefined) return true;
	if (typeof rule.path !== 'string') {
		// A sticky or global pattern would remember where it matched last.
		rule.path.lastIndex = 0;
		return rule.path.test(request.path);
	}
	return rule.path === request.path || rule.path === request.path.split('?')[0];
}
