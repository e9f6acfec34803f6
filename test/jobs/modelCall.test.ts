import type { IBinaryData } from 'n8n-workflow';
import { callKey } from '../../nodes/jobs/modelCall';
import type { InputFile } from '../../nodes/media/inputFile';

const row = (more: Partial<InputFile> & { id?: string; data?: string } = {}): InputFile => {
	const { id = 'filesystem-v2:a', data = '', ...others } = more;
	const binary = { id, data, mimeType: 'image/png' } as IBinaryData;
	return { parameter: 'image', source: { binary, field: 'data' }, sendAs: 'url', ...others };
};
const inMemory = (data: string): InputFile => ({
	...row(),
	source: { binary: { data, mimeType: 'image/png' } as IBinaryData, field: 'data' },
});

const key = callKey(0, 'flux', { prompt: 'a' }, [row()]);

it('is the same for the same call', () => {
	expect(callKey(0, 'flux', { prompt: 'a' }, [row()])).toBe(key);
});

it.each<[what: string, other: string]>([
	['item', callKey(1, 'flux', { prompt: 'a' }, [row()])],
	['model', callKey(0, 'flux-pro', { prompt: 'a' }, [row()])],
	['field', callKey(0, 'flux', { prompt: 'b' }, [row()])],
	['further field', callKey(0, 'flux', { prompt: 'a', seed: 1 }, [row()])],
	['file', callKey(0, 'flux', { prompt: 'a' }, [row({ id: 'filesystem-v2:b' })])],
	['field for the file', callKey(0, 'flux', { prompt: 'a' }, [row({ parameter: 'mask' })])],
	['way to send the file', callKey(0, 'flux', { prompt: 'a' }, [row({ sendAs: 'base64' })])],
	[
		'file on the web',
		callKey(0, 'flux', { prompt: 'a' }, [row({ source: { url: 'https://a.test/b' } })]),
	],
	['number of files', callKey(0, 'flux', { prompt: 'a' }, [row(), row()])],
	['call without the file', callKey(0, 'flux', { prompt: 'a' }, [])],
])('differs for a different %s', (_what, other) => expect(other).not.toBe(key));

it('distinguishes in-memory files by their bytes', () => {
	const keyOf = (data: string) => callKey(0, 'flux', {}, [inMemory(data)]);
	expect(keyOf('AAAA')).toBe(keyOf('AAAA'));
	expect(keyOf('AAAA')).not.toBe(keyOf('BBBB'));
});

it('reveals nothing of the request, and is short', () => {
	const secret = callKey(7, 'flux', { prompt: 'secret '.repeat(10_000) }, [
		inMemory('x'.repeat(1e6)),
	]);
	expect(secret).toMatch(/^7:[0-9a-f]{32}$/);
});
