import { whyNotFile } from '../../nodes/media/notAFile';

const PAGE = 'its URL leads to a web page, not to a file';
const ERROR = 'its URL leads to an error message, not to a file';

interface Claims {
	header?: string;
	contentType?: string;
	name?: string;
}

it.each<[what: string, start: string, claims: Claims, reason: string | undefined]>([
	['a picture', '\x89PNG\r\n', { header: 'image/png', name: 'a.png' }, undefined],
	['nothing', '', { name: 'a.png' }, 'the file is empty'],
	['a page', '<!DOCTYPE html><html>', { name: 'a.png' }, PAGE],
	['a page behind blanks', '\n  <html lang="en">', { name: 'a.png' }, PAGE],
	['a page behind a byte order mark', '\xef\xbb\xbf<html>', { name: 'a.png' }, PAGE],
	['markup that is called a page', '<center>504', { header: 'text/html; charset=utf-8' }, PAGE],
	// Some stores call everything a page.
	['a picture that is called a page', '\x89PNG\r\n', { header: 'text/html' }, undefined],
	['an error as JSON', '{"error": "gone"}', { name: 'a.png' }, ERROR],
	['an error as XML', '<?xml version="1.0"?><Error><Code>', { name: 'a.mp4' }, ERROR],
	[
		'an error where the API said picture',
		'{ "a": 1}',
		{ contentType: 'image/png', name: '' },
		ERROR,
	],
	['a drawing', '<?xml version="1.0"?><svg>', { name: 'a.svg' }, undefined],
	['a shape written as JSON', '{"asset": {}}', { name: 'a.gltf' }, undefined],
	[
		'a shape by its header',
		'{"asset": {}}',
		{ header: 'model/gltf+json', name: 'a.glb' },
		undefined,
	],
	['JSON that was promised', '{"a": 1}', { name: 'a.json' }, undefined],
	['JSON of which nothing is known', '{"a": 1}', { name: 'x' }, undefined],
])('%s', (_what, start, { header, contentType = '', name = '' }, reason) => {
	const claims = { header, contentType: contentType || null, name };
	expect(whyNotFile(Buffer.from(start, 'latin1'), claims)).toBe(reason);
});
