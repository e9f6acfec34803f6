/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- runs outside n8n */
import { parseArgs } from 'node:util';
import { answerMagicWords, magicWordLines, withMagicWords } from '../test/simulator/magicWords';
import { startSimulator } from '../test/simulator/simulator';

const HELP = `Starts a fake Segmind on this machine: free of charge, with the real API's answers.

  npm run simulator -- [--port NUMBER] [--speed NUMBER]

  --port   where the API listens; its three other hosts take the next ports (default: free ones)
  --speed  seconds of Segmind per second here (default 1)
  --help   this text`;

function amount(name: string, text: string | undefined, fits: (value: number) => boolean) {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (text.trim() === '' || !fits(value)) {
		throw new Error(`--${name} ${text} is not usable; see --help`);
	}
	return value;
}

function optionsOf(args: string[]) {
	const string = { type: 'string' } as const;
	const { values } = parseArgs({
		args,
		options: { port: string, speed: string, help: { type: 'boolean' } },
	});
	return {
		help: values.help ?? false,
		port: amount(
			'port',
			values.port,
			(port) => Number.isInteger(port) && port > 0 && port < 65_533,
		),
		speed: amount('speed', values.speed, (speed) => speed > 0 && speed <= 100_000),
	};
}

async function main(): Promise<void> {
	const { help, ...options } = optionsOf(process.argv.slice(2));
	if (help) {
		console.log(HELP);
		return;
	}
	const simulator = await startSimulator({ ...withMagicWords(), ...options });
	answerMagicWords(simulator);
	const stop = () => {
		simulator.close().then(
			() => process.exit(0),
			() => process.exit(1),
		);
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	console.log(`A fake Segmind listens at ${simulator.url} (stop it with Ctrl+C).`);
	console.log('Its credential, to fill into "Segmind API" in n8n:');
	console.log(JSON.stringify(simulator.credential, null, 2));
	console.log(`These words in a prompt show what is seldom seen:\n${magicWordLines()}`);
}

/** Any error as one line. */
function reason(error: NodeJS.ErrnoException & { port?: number }): string {
	if (error.code === 'EADDRINUSE')
		return `Port ${error.port} is in use; choose another with --port`;
	if (error.code === 'EACCES') return `Port ${error.port} is not allowed; choose one above 1023`;
	if (!error.code?.startsWith('ERR_PARSE_ARGS')) return error.message;
	return `${error.message.split('. ')[0]}; see --help`;
}

main().catch((error: Error) => {
	console.error(reason(error));
	process.exitCode = 1;
});
