/** Every type that the API's models accept or return, by MIME type; the first extension is used for file names. */
const EXTENSIONS: Record<string, string[]> = {
	'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
	'image/png': ['png', 'apng'],
	'image/webp': ['webp'],
	'image/gif': ['gif'],
	'image/bmp': ['bmp'],
	'image/tiff': ['tiff', 'tif'],
	'image/x-adobe-dng': ['dng'],
	'image/avif': ['avif'],
	'image/heic': ['heic', 'heif'],
	'image/jxl': ['jxl'],
	'image/x-icon': ['ico'],
	'image/svg+xml': ['svg'],
	'image/vnd.adobe.photoshop': ['psd'],
	'image/x-exr': ['exr'],
	'image/jp2': ['jp2'],
	'video/mp4': ['mp4', 'm4v'],
	'video/webm': ['webm'],
	'video/quicktime': ['mov'],
	'video/3gpp': ['3gp', '3gpp'],
	'video/3gpp2': ['3g2'],
	'video/x-matroska': ['mkv'],
	'video/ogg': ['ogv'],
	'video/x-msvideo': ['avi'],
	'video/x-ms-wmv': ['wmv', 'asf'],
	'video/x-flv': ['flv'],
	'video/mpeg': ['mpg', 'mpeg'],
	'video/mp2t': ['ts', 'm2ts'],
	'audio/mpeg': ['mp3'],
	'audio/wav': ['wav'],
	'audio/ogg': ['ogg', 'oga', 'opus'],
	'audio/flac': ['flac'],
	'audio/mp4': ['m4a', 'm4b'],
	'audio/3gpp': ['3gp'],
	'audio/aac': ['aac'],
	'audio/aiff': ['aiff', 'aif'],
	'audio/amr': ['amr'],
	'audio/basic': ['au'],
	'audio/midi': ['mid', 'midi'],
	'audio/webm': ['webm', 'weba'],
	'audio/x-matroska': ['mka'],
	'audio/x-ms-wma': ['wma'],
	'audio/x-caf': ['caf'],
	'model/gltf-binary': ['glb'],
	'model/gltf+json': ['gltf'],
	'model/obj': ['obj'],
	'model/stl': ['stl'],
	'model/ply': ['ply'],
	'model/fbx': ['fbx'],
	'model/3mf': ['3mf'],
	'model/vnd.usdz+zip': ['usdz'],
	'application/zip': ['zip'],
	'application/epub+zip': ['epub'],
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
	'application/pdf': ['pdf'],
	'application/json': ['json'],
	'application/x-subrip': ['srt'],
	'text/vtt': ['vtt'],
	'text/csv': ['csv'],
	'text/plain': ['txt'],
};

const ALIASES: Record<string, string> = {
	'image/jpg': 'image/jpeg',
	'image/pjpeg': 'image/jpeg',
	'image/heif': 'image/heic',
	'image/vnd.microsoft.icon': 'image/x-icon',
	'audio/mp3': 'audio/mpeg',
	'audio/x-wav': 'audio/wav',
	'audio/wave': 'audio/wav',
	'audio/m4a': 'audio/mp4',
	'audio/x-m4a': 'audio/mp4',
	'audio/x-flac': 'audio/flac',
	'audio/x-aiff': 'audio/aiff',
	'audio/x-aac': 'audio/aac',
	'application/ogg': 'audio/ogg',
	'video/x-m4v': 'video/mp4',
	'application/x-zip-compressed': 'application/zip',
};

/** The extension used in file names of a type; undefined for an unknown type. */
export function extensionOf(mimeType: string): string | undefined {
	return Object.hasOwn(EXTENSIONS, mimeType) ? EXTENSIONS[mimeType]?.[0] : undefined;
}

/** The known MIME type in a Content-Type header, without parameters. */
export function typeOfHeader(contentType?: string | null): string | undefined {
	const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
	const known = ALIASES[type] ?? type;
	return Object.hasOwn(EXTENSIONS, known) ? known : undefined;
}

/** The MIME type for the extension of a file name or URL. */
export function typeOfName(name?: string | null): string | undefined {
	const extension = extensionIn(name);
	return Object.keys(EXTENSIONS).find((type) => extension && EXTENSIONS[type]?.includes(extension));
}

/** Whether a name ends in an extension of this type; types may share one, such as webm. */
export function hasExtensionFor(mimeType: string, name: string): boolean {
	const extension = extensionIn(name);
	return extension !== undefined && EXTENSIONS[mimeType]?.includes(extension) === true;
}

/** Whether a type is an image, video, audio or 3D model. */
export function isMedia(mimeType: string | undefined): boolean {
	return /^(image|video|audio|model)\//.test(mimeType ?? '');
}

function extensionIn(name?: string | null): string | undefined {
	// The path, then the path with its query: either may end in the file's name.
	for (const part of (name ?? '').split(/[?#]/)) {
		const extension = /\.([a-z0-9]{1,10})$/i.exec(part)?.[1];
		if (extension) return extension.toLowerCase();
	}
	return undefined;
}
