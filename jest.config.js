const { availableParallelism } = require('node:os');

module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// Whole n8n servers are installed there; Jest would look through their 3 GB at every start.
	modulePathIgnorePatterns: ['<rootDir>/test/n8n/', '<rootDir>/.tmp/'],
	// node_modules stay as they are: n8n-core loads as CommonJS.
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
				module: { type: 'commonjs' },
			},
		],
	},
	// n8n's Wait node loads an HTML parser for its forms, of a version that is an ES module, which Jest cannot require.
	moduleNameMapper: {
		'^htmlparser2$': '<rootDir>/node_modules/htmlparser2/dist/commonjs/index.js',
	},
	testSequencer: '<rootDir>/test/slowestFirst.js',
	setupFilesAfterEnv: ['<rootDir>/test/bufferEquality.js'],
	// Nothing here is meant to be slow, but a machine may be busy with other things too.
	testTimeout: 120_000,
	// More than the cores: tests with a server spend part of their time waiting for it.
	maxWorkers: 2 * availableParallelism(),
	// n8n's engine leaves much behind; a worker that has grown is replaced.
	workerIdleMemoryLimit: '1GB',
};
