import { typeOfBytes } from '../../nodes/api/magicNumber';
import { determineType } from '../../nodes/media/fileType';

/** A file type box: its size, "ftyp", the major brand, a version, the compatible brands. Source: ISO/IEC 14496-12. */
function ftyp(major: string, ...compatible: string[]): Buffer {
	const box = Buffer.from(`0000ftyp${major}\0\0\0\0${compatible.join('')}`, 'latin1');
	box.writeUInt32BE(box.length, 0);
	return Buffer.concat([box, Buffer.alloc(64)]);
}

const webm = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex');
const mkv = Buffer.concat([Buffer.from('1a45dfa3a3428288', 'hex'), Buffer.from('matroska')]);
const utf16 = Buffer.from('\ufeffA text', 'utf16le');

describe('brands', () => {
	it.each<[mimeType: string, bytes: Buffer]>([
		['image/heic', ftyp('heix', 'mif1', 'heix')],
		['image/heic', ftyp('heic')],
		['image/heic', ftyp('hevc')],
		['image/heic', ftyp('mif1', 'mif1', 'heic')],
		['image/heic', ftyp('mif1')],
		['image/avif', ftyp('avif', 'mif1')],
		['image/avif', ftyp('avis')],
		['image/avif', ftyp('mif1', 'mif1', 'avif', 'miaf')],
		['audio/mp4', ftyp('M4A ', 'mp42', 'isom')],
		['audio/mp4', ftyp('M4B ')],
		['audio/mp4', ftyp('mp42', 'M4A ', 'isom')],
		['video/quicktime', ftyp('qt  ')],
		['video/3gpp', ftyp('3gp5', 'isom')],
		['video/3gpp2', ftyp('3g2a')],
		// Many films name 3GP or QuickTime as compatible.
		['video/mp4', ftyp('isom', '3gp4', 'qt  ')],
		['video/mp4', ftyp('iso2', 'isom', 'mp41')],
		['text/plain', utf16],
		['text/plain', Buffer.from('feff0041', 'hex')],
		['video/ogg', Buffer.from('OggS\0\0\0\0\0\0\0\0\0\0\0\0\x80theora', 'latin1')],
		['audio/aiff', Buffer.from('FORM\0\0\0\x10AIFF', 'latin1')],
		['video/x-flv', Buffer.from('FLV\x01', 'latin1')],
		['model/fbx', Buffer.from('Kaydara FBX Binary  \0')],
	])('%s', (mimeType, bytes) => {
		expect(typeOfBytes(bytes)).toBe(mimeType);
	});
});

describe('within a family of containers the claim and the name decide', () => {
	it.each<[type: string, bytes: Buffer, claim: string | null, name: string | null]>([
		['audio/mp4 m4a', ftyp('isom'), 'audio/mp4', 'voice.m4a'],
		['audio/mp4 m4a', ftyp('mp42'), 'audio/x-m4a', null],
		['audio/mp4 m4a', ftyp('isom'), 'application/octet-stream', 'voice.m4a'],
		['video/3gpp 3gp', ftyp('isom'), 'video/3gpp', 'clip.3gp'],
		['audio/3gpp 3gp', ftyp('3gp4'), 'audio/3gpp', 'clip.3gp'],
		['video/quicktime mov', ftyp('isom'), null, 'clip.mov'],
		['video/mp4 mp4', ftyp('isom'), 'video/mp4', 'clip.mov'],
		['audio/webm webm', webm, 'audio/webm;codecs=opus', 'voice.webm'],
		['audio/webm webm', webm, 'audio/webm', null],
		['video/webm webm', webm, null, 'film.webm'],
		['audio/x-matroska mka', mkv, null, 'voice.mka'],
		[
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document docx',
			Buffer.from('PK\x03\x04'),
			null,
			'a.docx',
		],
		['text/plain txt', utf16, 'text/plain', 'a.txt'],
	])('%s', (type, bytes, claim, name) => {
		const { mimeType, extension } = determineType(bytes, claim, name);
		expect(`${mimeType} ${extension}`).toBe(type);
	});

	it.each<[type: string, bytes: Buffer, claim: string, name: string]>([
		['image/heic', ftyp('heix'), 'video/mp4', 'a.mp4'],
		['video/mp4', ftyp('isom'), 'image/png', 'a.png'],
		['audio/mp4', ftyp('M4A '), 'video/mp4', 'a.mp4'],
		['video/webm', webm, 'audio/mpeg', 'a.mp3'],
	])('but never leave it: %s', (type, bytes, claim, name) => {
		expect(determineType(bytes, claim, name).mimeType).toBe(type);
	});
});
