/**
 * A text for places where n8n's editor expects HTML: descriptions of errors, and hints. What looks like a tag or an
 * entity stays readable (a prompt's `<lora:x>` would vanish, a URL's `&region=` would become ®ion=), and line breaks are
 * kept. n8n also turns text between backticks into code.
 */
export function asHtml(text: string): string {
	return withoutTags(text)
		.replace(/&(?=[a-z#])/gi, '&amp;')
		.replace(/`/g, '’')
		.replace(/\r?\n/g, '<br>');
}

/** A title, which n8n shows as text in one place and as HTML in another: on one line, without tags. */
export function asTitle(text: string): string {
	return withoutTags(text).replace(/[\r\n\t]+/g, ' ');
}

function withoutTags(text: string): string {
	return text.replace(/</g, '‹').replace(/>/g, '›');
}
