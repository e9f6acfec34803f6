/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { readPage, root, tables } from './page';

/** The tables of docs/errors.md that list messages. */
const HEADINGS = [
	['Message', 'What to do'],
	['Message', 'HTTP', 'Billed', 'What to do'],
	['Message', 'Billed', 'What to do'],
];

/** Half sentences, told as the reason of another message; and titles whose words all come from elsewhere. */
const NO_TITLES =
	/^(the server resumed|only …|it is larger than|it was replaced|not started|… \(could not …\)$|Model: …$)/;

const sources = readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.ts'))
	.map((file) => readFileSync(join(root, 'nodes', file), 'utf8'));

/** The texts that an expression may have; what is filled in is "…". Empty for a text that is made elsewhere. */
function texts(node: ts.Node | undefined): string[] {
	if (!node) return [];
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
	if (ts.isTemplateExpression(node)) {
		return [[node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')];
	}
	return [];
}

/** Every title of a failure in the code. */
function titlesOf(source: string): string[] {
	const found: string[] = [];
	const file = ts.createSourceFile('nodes.ts', source, ts.ScriptTarget.Latest, true);
	const isExplanation = source.includes('Explanation') || source.includes('function explainReason');
	const visit = (node: ts.Node) => {
		if (ts.isNewExpression(node) && node.expression.getText() === 'SegmindFailure') {
			found.push(...texts(node.arguments?.[0]));
		}
		if (ts.isCallExpression(node) && node.expression.getText() === 'unusableAnswer') {
			found.push(...texts(node.arguments[1]));
		}
		if (ts.isVariableDeclaration(node) && node.name.getText() === 'NO_ANSWER') {
			node.initializer?.forEachChild((entry) => {
				if (ts.isPropertyAssignment(entry)) found.push(...texts(entry.initializer));
			});
		}
		const isMessage = ts.isPropertyAssignment(node) && node.name.getText() === 'message';
		if (isExplanation && isMessage) found.push(...texts(node.initializer));
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found.filter((title) => /[a-z]/i.test(title) && !NO_TITLES.test(title));
}

const rows = HEADINGS.flatMap((headings) => tables(readPage('docs/errors.md'), headings));
const cells = rows.map((row) => row.Message!);

/** The parts of a message between what is filled in. */
const parts = (text: string) =>
	text.split('…').map((part) => part.trim().replace(/^[":]+|[":]+$/g, ''));

/** Whether a row is about a title: its words stand in it in their order. */
function isAbout(cell: string, title: string): boolean {
	let at = 0;
	return parts(cell).every((part) => {
		const found = title.indexOf(part, at);
		at = found + part.length;
		return found >= 0;
	});
}

it('docs/errors.md lists each title of a failure', () => {
	const titles = [...new Set(sources.flatMap(titlesOf))];
	expect(titles.length).toBeGreaterThan(50);
	expect(titles.filter((title) => !cells.some((cell) => isAbout(cell, title)))).toEqual([]);
});

it('docs/errors.md lists no message that no code has', () => {
	const all = sources.join('\n').replaceAll("\\'", "'");
	const gone = cells.filter((cell) => !parts(cell).every((part) => all.includes(part)));
	expect(gone).toEqual([]);
});
