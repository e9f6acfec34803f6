// Imports only Node's own modules: it is needed before anything is installed.

/** How often a terminal's line is renewed, and how often a log gets a new one. */
const TERMINAL_MS = 500;
const LOG_MS = 15_000;

/**
 * Does one step of something long, and says all the while what is happening, how far it is, and for how long: on a
 * terminal in one line that is renewed, elsewhere in a new line now and then.
 */
export async function step(what, work, howFar = () => '') {
	const startedAt = Date.now();
	const { isTTY } = process.stdout;
	const line = () => {
		const far = howFar();
		return `${what}${far && `: ${far}`} (${clock(Date.now() - startedAt)})`;
	};
	const show = () => process.stdout.write(isTTY ? `\r\x1b[2K${fit(line())}` : `${line()}\n`);
	if (isTTY) show();
	else console.log(`${what}...`);
	const timer = setInterval(show, isTTY ? TERMINAL_MS : LOG_MS);
	let mark = '✗';
	try {
		const result = await work();
		mark = '✓';
		return result;
	} finally {
		clearInterval(timer);
		const end = `${mark} ${what} (${clock(Date.now() - startedAt)})`;
		process.stdout.write(isTTY ? `\r\x1b[2K${end}\n` : `${end}\n`);
	}
}

/** A line that is longer than the terminal is wide cannot be renewed. */
function fit(line) {
	return line.slice(0, (process.stdout.columns || 80) - 1);
}

function clock(ms) {
	const seconds = Math.round(ms / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
