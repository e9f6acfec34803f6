/** What a failure reason is about where the HTTP status does not say. */
export type Cause = 'content' | 'credits';

/** How much of a reason is searched, in characters: it may quote a whole prompt. */
const MAX_SEARCHED = 1_000;

/** Wording of refusals by Segmind and by the makers of its models. */
const CONTENT =
	/nsfw|content[\s_-]*(policy|policies|filter|moderat|safety|violat|restrict|check|management)|moderat(ed|ion)|(safety|usage|acceptable[\s_-]use)[\s_-]*(system|filter|polic|guideline|violat|reason)|(polic(y|ies)|guidelines|terms of (use|service))[\s_-]*(violat|breach)|violat\w{0,5}\s[^.]{0,60}(polic|guideline|terms)|(sensitive|prohibited|inappropriate|unsafe|harmful|explicit|disallowed|forbidden|illegal|offensive)[\s_-]*(content|word|text|image|picture|prompt|material|information|use)|sensitivecontent|datainspectionfailed|(prompt|input|output|content|image|video|request|text)s?\s[^.]{0,40}(flagged|blocked|inappropriate|unsafe|sensitive|not allowed by)|\bblocklist\b|responsible ai|\brai\b|copyright|nudity|sexual|image_safety|^\W*(safety|recitation)\W*$/i;
const MORE_CONTENT =
	/(block|finish)_?reason\W+(safety|recitation)|(banned|blocked|bad|flagged)[\s_-]*(words?|content)|flagged as|risk control|real (person|people)|prominent people|(?<!\w)(hate speech|self-harm|deepfakes?|celebrit(y|ies))/i;

/** Wording of parameter validation, which may name a field such as nsfw_filter. */
const VALIDATION =
	/\b(must|has to|have to|should) be\b|\bis not (one of|a valid)\b|\bexpected\b|\bis required\b|\bunexpected (field|key|argument)/i;

const CREDITS =
	/(insufficient|(not|n.t) (have )?(enough|sufficient|any)|no|out of|too few|low|exceeded|exhausted|need|requires?|purchase|buy|add|top[\s-]?up|recharge)\s+(more\s+|your\s+|remaining\s+|available\s+|account\s+|api\s+)*(credits?|balance|funds)\b|\b(credits?|balance|funds)\s+(is |are |was |were |has been |have been )?(insufficient|exhausted|depleted|used up|too low|exceeded|not (enough|sufficient))/i;
const MORE_CREDITS =
	/\bcredit limit\b|\b0(\.0+)? credits?\b|\bcredits? (required|needed)\b|\b(top[\s-]?up|recharge) (your|the) (account|wallet|balance)/i;

/** The cause in a reason, or undefined. */
export function causeOf(reason: string): Cause | undefined {
	const text = reason.slice(0, MAX_SEARCHED);
	if (isAboutCredits(text)) return 'credits';
	const isRefused = CONTENT.test(text) || MORE_CONTENT.test(text);
	return isRefused && !VALIDATION.test(text) ? 'content' : undefined;
}

/** Whether a reason is clearly about missing credits; `explainStatus` needs less where the status fits. */
function isAboutCredits(text: string): boolean {
	return CREDITS.test(text) || MORE_CREDITS.test(text);
}

/** The title of a content refusal. */
export function contentTitle(reason: string): string {
	return `The content was refused: ${reason}`;
}

/** The title where credits are missing. */
export const CREDITS_TITLE = 'Not enough Segmind credits';
