import { networkFailure, type NetworkFailure } from '../../nodes/api/networkFailure';

const withCode = (code: string) => Object.assign(new Error(`it broke: ${code}`), { code });

describe('Node’s error codes', () => {
	it.each<[code: string, kind: NetworkFailure]>([
		// The connection was never made: nothing can have been accepted.
		['ECONNREFUSED', 'unreached'],
		['ENOTFOUND', 'unreached'],
		['EAI_AGAIN', 'unreached'],
		['EHOSTUNREACH', 'unreached'],
		['ENETUNREACH', 'unreached'],
		// A timeout says nothing of what the server did.
		['ECONNABORTED', 'timeout'],
		['ETIMEDOUT', 'timeout'],
		['ECONNRESET', 'broken'],
		['EPIPE', 'broken'],
		['ERR_STREAM_PREMATURE_CLOSE', 'broken'],
		['ERR_BAD_RESPONSE', 'broken'],
		['SOMETHING_NEW', 'broken'],
		['CERT_HAS_EXPIRED', 'refused'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'refused'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'refused'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'refused'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'refused'],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'refused'],
		['EPROTO', 'refused'],
		['ERR_INVALID_URL', 'refused'],
	])('%s: %s', (code, kind) => {
		expect(networkFailure(withCode(code))).toEqual({ kind, code });
	});
});

describe('what ended before anything could be sent', () => {
	const wrapped = (cause: Error) => new Error('NodeApiError', { cause });

	it.each<[what: string, error: Error, code: string]>([
		[
			'a proxy that hangs up, in https-proxy-agent’s words',
			new Error('Proxy connection ended before receiving CONNECT response'),
			'the proxy hung up',
		],
		[
			'a firewall that cuts the TLS handshake, in Node’s words',
			Object.assign(
				new Error(
					'Client network socket disconnected before secure TLS connection was established',
				),
				{ code: 'ECONNRESET' },
			),
			'the connection ended during the TLS handshake',
		],
		[
			'a connection that is not made in time',
			Object.assign(new Error('connect ETIMEDOUT 10.0.0.7:3128'), {
				code: 'ETIMEDOUT',
				syscall: 'connect',
			}),
			'ETIMEDOUT',
		],
	])('%s', (_what, error, code) => {
		expect(networkFailure(wrapped(error))).toEqual({ kind: 'unreached', code });
	});

	it('names the address, which may be a proxy’s', () => {
		const error = Object.assign(withCode('ECONNREFUSED'), { address: '10.0.0.7', port: 3128 });
		expect(networkFailure(wrapped(error))).toEqual({
			kind: 'unreached',
			code: 'ECONNREFUSED',
			address: '10.0.0.7:3128',
		});
	});
});

describe('finds the code in the chain of causes', () => {
	const cause = withCode('ECONNREFUSED');
	const nested = (depth: number): unknown =>
		depth ? new Error('wrapped', { cause: nested(depth - 1) }) : cause;

	it.each<[where: string, thrown: unknown]>([
		['in the error itself', cause],
		['in its cause', nested(1)],
		['deep in the chain that n8n wraps around it', nested(5)],
		['in the httpCode of a NodeApiError', { name: 'NodeApiError', httpCode: 'ECONNREFUSED' }],
		['behind axios’ own code', Object.assign(withCode('ERR_NETWORK'), { cause })],
	])('%s', (_where, thrown) => {
		expect(networkFailure(thrown)).toEqual({ kind: 'unreached', code: 'ECONNREFUSED' });
	});

	it('stops searching a circular chain of causes', () => {
		const loop: { cause?: unknown } = {};
		loop.cause = loop;
		expect(networkFailure(loop)).toEqual({ kind: 'broken', code: 'connection lost' });
	});
});

it.each<[thrown: unknown]>([[undefined], [null], ['gone'], [new Error('gone')], [{ code: 7 }]])(
	'reads %p without a code as a broken connection',
	(thrown) => {
		expect(networkFailure(thrown)).toEqual({ kind: 'broken', code: 'connection lost' });
	},
);

it('recognises the timeout of an AbortSignal by its name', async () => {
	const signal = AbortSignal.timeout(1);
	await new Promise((resolve) => signal.addEventListener('abort', resolve));
	expect(networkFailure(signal.reason)).toEqual({ kind: 'timeout', code: 'TimeoutError' });
});
