/** One line of the table that the bench prints at the end. */
export interface Line {
	what: string;
	/** What was measured, for whom. */
	measured: string;
	target: string;
	/** Empty for a line that is only a comparison. */
	verdict: string;
}

const VERDICT = /\b(reached|MISSED|skipped)$/;

/** All lines of all tables in RESULTS.md, whose parts have different columns. */
export function summaryOf(markdown: string): Line[] {
	return [...markdown.matchAll(/(^\|.*\n)+/gm)].flatMap(([table]) => {
		const [head = [], , ...rows] = table.trim().split('\n').map(cellsOf);
		return rows.map((row) => lineOf(head, row));
	});
}

function cellsOf(row: string): string[] {
	return row
		.slice(1, -1)
		.split('|')
		.map((cell) => cell.trim());
}

/** The verdict is in a separate cell after the target, or follows the target in the same cell. */
function lineOf(head: string[], [what = '', ...cells]: string[]): Line {
	const at = head.slice(1).findIndex((name) => name === 'target' || name === 'at most');
	const measured = cells.flatMap((cell, column) => {
		const name = head[column + 1];
		return column === at || !name || !cell ? [] : [`${name}: ${cell}`];
	});
	const both = `${cells[at] ?? ''}: ${head[at + 2] === '' ? (cells[at + 1] ?? '') : ''}`;
	const text = both.replace(/: $/, '');
	const [verdict = ''] = VERDICT.exec(text) ?? [];
	const target = text.replace(VERDICT, '').replace(/: $/, '');
	return { what, measured: measured.join('\n'), target, verdict };
}
