/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { analyse } from 'scslre';
import ts from 'typescript';

/** How many characters a hostile text has. */
const LENGTH = 20_000;

/** CPU time for all hostile texts of one expression: linear ones need a hundredth of it, quadratic ones a multiple. */
const MAX_CPU_MS = 1_000;

/** Only so that the test ends, whatever an expression does. */
const STOP = { timeout: 60_000 };

interface Expression {
	source: string;
	flags: string;
	/** For messages. */
	text: string;
}

function expressionsOf(file: string): Expression[] {
	const root = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
	const found: Expression[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			const [source, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
			found.push({ source, flags, text: `${file}: ${node.text}` });
		}
		node.forEachChild(visit);
	};
	visit(root);
	return found;
}

/** The words and signs that an expression is about, and some that its classes may stand for. */
function piecesOf({ source }: Expression): string[] {
	const bare = source.replace(/\(\?(:|<?[=!])|\\[bdDsSwWpu](\{\w+\})?/g, ' ');
	const words = bare.match(/[A-Za-z]+|\d+|\\.|[^\s\w\\()[\]{}|*+?^$]+/g) ?? [];
	return [...new Set([...words.map((word) => word.replace(/^\\/, '')), ' ', '\n', 'a', '0', '_'])];
}

/** Each piece, and each two of them, over and over, with an end that fits nothing. */
function hostileTexts(expression: Expression): string[] {
	const pieces = piecesOf(expression).slice(0, 40);
	const units = [...pieces, ...pieces.flatMap((one) => pieces.map((other) => one + other))];
	const tail = '\u0000';
	return units.flatMap((unit) => {
		const pump = unit.repeat(Math.ceil(LENGTH / unit.length));
		return [pump + tail, (pieces[0] ?? '') + pump + tail];
	});
}

/** Infinity for one that had to be stopped: exponential time would never end. */
function cpuMs(expression: Expression): number {
	const { source, flags } = expression;
	const pattern = new RegExp(source, flags.replace(/[gy]/g, ''));
	const before = process.cpuUsage();
	try {
		const texts = hostileTexts(expression);
		runInNewContext('for (const text of texts) pattern.test(text)', { texts, pattern }, STOP);
	} catch {
		return Infinity;
	}
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

const expressions = ['nodes', 'credentials'].flatMap((folder) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith('.ts'))
		.flatMap((path) => expressionsOf(join(folder, path))),
);

it('finds the expressions', () => expect(expressions.length).toBeGreaterThan(100));

it('no expression can take more than linear time, by its structure', () => {
	const slow = expressions.filter(({ source, flags }) => analyse({ source, flags }).reports.length);
	expect(slow.map(({ text }) => text)).toEqual([]);
});

it('no expression takes more than linear time on texts made of its own pieces', () => {
	const open = expressions.filter(({ source }) => /[^\\][*+]|,\}/.test(source));
	const slow = open.filter((expression) => cpuMs(expression) > MAX_CPU_MS);
	expect(slow.map(({ text }) => text)).toEqual([]);
});
