import { createHash } from 'node:crypto';

const MB = 1024 * 1024;

/** The bytes of a video of the given size, one megabyte at a time; they depend on the name. */
export function* blocks(name: string, megabytes: number): Generator<Buffer> {
	for (let index = 0; index < megabytes; index++) {
		const block = Buffer.alloc(MB, createHash('sha512').update(`${name}#${index}`).digest());
		if (index === 0) block.write('000000186674797069736f6d', 'hex');
		yield block;
	}
}
