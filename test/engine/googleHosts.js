const http = require('node:http');
const https = require('node:https');

// JavaScript, since an n8n that is tested loads it before anything else, with whatever Node it brings.

/** Sends this process's requests to googleapis.com to a port of this machine, in clear text; returns what ends that. */
function redirectGoogle(port) {
	const original = https.request;
	https.request = (options, done) => {
		const host = String(options.hostname ?? options.host);
		if (!host.endsWith('.googleapis.com')) return original(options, done);
		const here = { host: '127.0.0.1', hostname: '127.0.0.1', port, protocol: 'http:' };
		return http.request({ ...options, ...here, agent: undefined, agents: undefined }, done);
	};
	return () => {
		https.request = original;
	};
}

if (process.env.SEGMIND_TEST_GOOGLE) redirectGoogle(Number(process.env.SEGMIND_TEST_GOOGLE));

module.exports = { redirectGoogle };
