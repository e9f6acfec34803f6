/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- runs outside n8n */
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Complaint } from './complaint';

const root = dirname(__dirname);

export const help = `Makes pictures from prompts: runs an n8n workflow in n8n's own engine, without an n8n server.

  npm start [-- PROMPT...] [--model SLUG] [--workflow FILE] [--out FOLDER] [--help]

  PROMPT      what to paint, one picture each (default: the prompts of the workflow)
  --model     a model of Segmind, such as segmind-vega (default: the workflow's)
  --workflow  an n8n workflow in JSON (default: templates/text-to-image.json)
  --out       where the pictures go (default: output)
  --help      this text

With SEGMIND_API_KEY set the pictures are real and cost money; without it, Segmind is simulated on this machine.`;

/** The options of the command line. */
export interface StartOptions {
	help: boolean;
	prompts: string[];
	model: string | undefined;
	workflow: string;
	out: string;
}

/** Reads the command line of `npm start`. */
export function readOptions(args: string[]): StartOptions {
	const { values, positionals } = parse(args);
	const empty = Object.entries(values).find(([, value]) => value === '');
	if (empty) throw new Complaint(`--${empty[0]} needs a value; see --help`);
	if (positionals.some((prompt) => !prompt.trim())) {
		throw new Complaint('A prompt is empty; see --help');
	}
	return {
		help: values.help ?? false,
		prompts: positionals,
		model: values.model,
		workflow: resolve(values.workflow ?? join(root, 'templates', 'text-to-image.json')),
		out: resolve(values.out ?? join(root, 'output')),
	};
}

function parse(args: string[]) {
	const string = { type: 'string' } as const;
	const options = {
		model: string,
		workflow: string,
		out: string,
		help: { type: 'boolean' },
	} as const;
	try {
		return parseArgs({ args, options, allowPositionals: true });
	} catch (error) {
		const [what] = (error as Error).message.split(/\.\s|\n/);
		throw new Complaint(`${what}; see --help`);
	}
}
