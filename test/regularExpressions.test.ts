/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { analyse } from 'scslre';
import ts from 'typescript';

/** How many characters a hostile text has. */
const LENGTH = 20_000;

/** CPU time for one hostile text, in milliseconds, from which on its growth is measured: linear ones need a tenth. */
const SUSPICIOUS_MS = 5;

/** How much more CPU time a text of four times the length may take: linear time is 4, quadratic time is 16. */
const MAX_GROWTH = 9;

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

/** What is repeated: each piece, and each two of them, with and without a beginning that fits. */
function hostileUnits(expression: Expression): Array<{ start: string; unit: string }> {
	const pieces = piecesOf(expression).slice(0, 40);
	const units = [...pieces, ...pieces.flatMap((one) => pieces.map((other) => one + other))];
	return units.flatMap((unit) => ['', pieces[0] ?? ''].map((start) => ({ start, unit })));
}

/** CPU time for the hostile text of a unit, in milliseconds; its end fits nothing. Throws for one that never ends. */
function cpuMs(pattern: RegExp, { start, unit }: { start: string; unit: string }, length = LENGTH) {
	const text = start + unit.repeat(Math.ceil(length / unit.length)) + '\u0000';
	const before = process.cpuUsage();
	pattern.test(text);
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

function isSlow(expression: Expression): boolean {
	const pattern = new RegExp(expression.source, expression.flags.replace(/[gy]/g, ''));
	const least = (unit: { start: string; unit: string }, length: number) =>
		Math.min(...[1, 2, 3].map(() => cpuMs(pattern, unit, length)));
	const units = hostileUnits(expression);
	// What runs elsewhere, and the collector of garbage, may take time too: a suspicion is looked into.
	const isQuadratic = (unit: (typeof units)[number]) =>
		cpuMs(pattern, unit) > SUSPICIOUS_MS &&
		least(unit, LENGTH) > SUSPICIOUS_MS / 2 &&
		least(unit, 4 * LENGTH) > MAX_GROWTH * least(unit, LENGTH);
	try {
		return runInNewContext('units.some(isQuadratic)', { units, isQuadratic }, STOP) as boolean;
	} catch {
		return true;
	}
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
	const slow = open.filter(isSlow);
	expect(slow.map(({ text }) => text)).toEqual([]);
});
