const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

const compile = (done) =>
	execFile(
		process.execPath,
		[require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
		(error, stdout) => done(error && new Error(stdout || error.message)),
	);

// tsc writes the catalogue's data again, with a line for every value.
const copyData = () => src('nodes/catalog/*.json').pipe(dest('dist/nodes/catalog'));

// Where n8n finds the fields of a node's output, which it shows before the first run.
const copySchemas = () => src('nodes/*/__schema__/*.json').pipe(dest('dist/nodes'));

// `encoding: false`: gulp 5 reads files as UTF-8 text otherwise.
const copyIcons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

exports.build = series(clean, parallel(series(compile, copyData), copySchemas, copyIcons));
