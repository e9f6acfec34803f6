import { parseArgs } from 'node:util';

/** n8n's own port plus one hundred, so that both can run. */
const PORT = 5778;

/** n8n takes the port, the simulated Segmind's four hosts, the chat model and the start page the ones after it. */
const PORTS = 7;

export const HELP = `Starts a real n8n with the package, a simulated Segmind, a simulated chat model and all templates.

  npm run editor -- [--port NUMBER] [--speed NUMBER] [--fresh]

  --port   where n8n listens; what belongs to it takes the six ports after it (default: ${PORT})
  --speed  seconds of the simulated Segmind per second here (default: 1, as slow as the real one)
  --fresh  throws the work of earlier starts away; else workflows, credentials and executions are kept
  --help   this text`;

/** Reads the command line of `npm run editor`; throws an error that fits into one line. */
export function readEditorOptions(args) {
	const string = { type: 'string' };
	const boolean = { type: 'boolean' };
	const options = { port: string, speed: string, fresh: boolean, help: boolean };
	let values;
	try {
		({ values } = parseArgs({ args, options }));
	} catch (error) {
		throw new Error(`${error.message.split('. ')[0]}; see --help`);
	}
	const port = amount('port', values.port ?? String(PORT));
	if (!Number.isInteger(port) || port < 1 || port + PORTS > 65_536) unusable('port', values.port);
	const speed = amount('speed', values.speed ?? '1');
	if (!(speed > 0 && speed <= 1000)) unusable('speed', values.speed);
	return {
		help: values.help ?? false,
		fresh: values.fresh ?? false,
		speed,
		ports: Array.from({ length: PORTS }, (_, at) => port + at),
		/** Below the project's .tmp: every port has its own work, since two n8n cannot share one database. */
		folder: `.tmp/editor${port === PORT ? '' : `-${port}`}`,
	};
}

function amount(name, text) {
	return text.trim() === '' ? unusable(name, text) : Number(text);
}

function unusable(name, text) {
	throw new Error(`--${name} ${text} is not usable; see --help`);
}
