/**
 * A text as n8n's editor may show it where it expects HTML: descriptions of errors, and hints. What looks like a tag or
 * an entity is left readable (a prompt's `<lora:x>` would vanish, an URL's `&region=` become ®ion=), and lines stay
 * lines. n8n also makes code of what stands between backticks.
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
