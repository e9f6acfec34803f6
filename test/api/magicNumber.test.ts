import { typeOfBytes } from '../../nodes/api/magicNumber';

const hex = (digits: string) => Buffer.from(digits.replace(/ /g, ''), 'hex');
const text = (start: string) => Buffer.from(start, 'latin1');
/** A file type box as ISO/IEC 14496-12 describes it. */
const ftyp = (major: string, ...compatible: string[]) => {
	const size = Buffer.alloc(4);
	size.writeUInt32BE(16 + 4 * compatible.length);
	return Buffer.concat([size, text(`ftyp${major}\0\0\0\0${compatible.join('')}`)]);
};

// Source: the formats' specifications.
it.each<[what: string, bytes: Buffer, type: string | undefined]>([
	['JPEG', hex('ffd8ffe0'), 'image/jpeg'],
	['PNG', hex('89504e47 0d0a1a0a'), 'image/png'],
	['GIF', text('GIF89a'), 'image/gif'],
	['WebP', text('RIFF\x01\x02\x03\x04WEBPVP8 '), 'image/webp'],
	['WAV over 4 GB', text('RF64\xff\xff\xff\xffWAVEds64'), 'audio/wav'],
	['CAF', text('caff\x00\x01\x00\x00'), 'audio/x-caf'],
	['JPEG 2000', text('\x00\x00\x00\x0cjP  \r\n\x87\n'), 'image/jp2'],
	['WAV', text('RIFF\x01\x02\x03\x04WAVEfmt '), 'audio/wav'],
	['AVI', text('RIFF\x01\x02\x03\x04AVI LIST'), 'video/x-msvideo'],
	['RIFF of another kind', text('RIFF\x01\x02\x03\x04CDR '), undefined],
	['little-endian TIFF', hex('49492a00'), 'image/tiff'],
	['big-endian TIFF', hex('4d4d002a'), 'image/tiff'],
	['FLAC', text('fLaC'), 'audio/flac'],
	['MP3 with a tag', text('ID3\x04'), 'audio/mpeg'],
	['MP3 without a tag', hex('fffb9064'), 'audio/mpeg'],
	['AAC', hex('fff15080'), 'audio/aac'],
	['UTF-16, which is no sound', hex('fffe4100'), 'text/plain'],
	['GLB', text('glTF\x02'), 'model/gltf-binary'],
	['PDF', text('%PDF-1.7'), 'application/pdf'],
	['ZIP', text('PK\x03\x04'), 'application/zip'],
	['MP4', ftyp('isom', 'isom', 'avc1'), 'video/mp4'],
	['MP4 of a brand never seen', ftyp('zzzz'), 'video/mp4'],
	['QuickTime', ftyp('qt  '), 'video/quicktime'],
	['M4A', ftyp('M4A ', 'isom'), 'audio/mp4'],
	['AVIF', ftyp('avif', 'mif1'), 'image/avif'],
	['AVIF under a general brand', ftyp('mif1', 'avif'), 'image/avif'],
	['HEIC', ftyp('heic', 'mif1'), 'image/heic'],
	['HEIC under a general brand', ftyp('msf1', 'msf1'), 'image/heic'],
	[
		'a film whose tail looks like a brand',
		Buffer.concat([ftyp('mp42'), text('avif')]),
		'video/mp4',
	],
	['3GPP', ftyp('3gp4'), 'video/3gpp'],
	['WebM', text('\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm'), 'video/webm'],
	['Matroska', text('\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska'), 'video/x-matroska'],
	['Ogg with sound', text(`OggS${'\0'.repeat(24)}\x01vorbis`), 'audio/ogg'],
	['Ogg with a film', text(`OggS${'\0'.repeat(24)}\x80theora`), 'video/ogg'],
	['SVG', text('<svg xmlns="http://www.w3.org/2000/svg">'), 'image/svg+xml'],
	['SVG after its prologue', text('<?xml version="1.0"?>\n<!-- a --><svg>'), 'image/svg+xml'],
	['SVG after many comments', text('<!---->'.repeat(50) + '<svg>'), 'image/svg+xml'],
	['comments and no drawing', text('<!---->'.repeat(70)), undefined],
	['SVG with a doctype', text('\xef\xbb\xbf<!DOCTYPE svg PUBLIC "a">\n<SVG >'), 'image/svg+xml'],
	['a page with a drawing', text('<html><svg>'), undefined],
	['JSON', text('{"error": "x"}'), undefined],
	['part of a magic number', hex('89504e'), undefined],
	['nothing', Buffer.alloc(0), undefined],
])('%s', (_what, bytes, type) => expect(typeOfBytes(bytes)).toBe(type));
