import { generateKeyPairSync, sign } from 'node:crypto';

/** A server's key and its certificate, both in PEM. */
export interface Certificate {
	key: string;
	cert: string;
}

/** One value of ASN.1's DER encoding: tag, length, content. Source: ITU-T X.690. */
function der(tag: number, ...contents: Buffer[]): Buffer {
	const content = Buffer.concat(contents);
	const { length } = content;
	if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
	const size = Buffer.from([length >> 8, length & 255]);
	return Buffer.concat([Buffer.from([tag, 0x82]), size, content]);
}

const sequence = (...contents: Buffer[]) => der(0x30, ...contents);
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const utcTime = (text: string) => der(0x17, Buffer.from(text));

const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'));
const COMMON_NAME = '550403';

/** A self-signed certificate for a host name, which may be a wildcard. Source: RFC 5280, version 1. */
export function selfSigned(name: string): Certificate {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const subject = sequence(
		der(0x31, sequence(objectId(COMMON_NAME), der(0x0c, Buffer.from(name)))),
	);
	const body = sequence(
		der(0x02, Buffer.from([1])),
		ECDSA_WITH_SHA256,
		subject,
		sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
		subject,
		publicKey.export({ type: 'spki', format: 'der' }),
	);
	const signature = sign('sha256', body, privateKey);
	const certificate = sequence(
		body,
		ECDSA_WITH_SHA256,
		der(0x03, Buffer.concat([Buffer.from([0]), signature])),
	);
	const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
	};
}
