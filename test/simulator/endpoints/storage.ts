import { failure, json } from '../answers';
import type { Call } from '../routes';
import type { Answer } from '../types';
import type { World } from '../world';

const EXTENSIONS: Record<string, string> = {
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/webp': 'webp',
	'image/gif': 'gif',
	'video/mp4': 'mp4',
	'video/webm': 'webm',
	'audio/mpeg': 'mp3',
	'audio/wav': 'wav',
	'audio/x-wav': 'wav',
	'audio/mp4': 'm4a',
	'image/heic': 'heic',
	'image/svg+xml': 'svg',
	'video/quicktime': 'mov',
	'video/3gpp': '3gp',
	'model/gltf-binary': 'glb',
};

/** POST /upload-asset with `{"data_urls": [...]}`: one public URL per data URL, in order. */
export function uploadAsset(world: World, { json: body, received }: Call): Answer {
	const { scanner } = received;
	const files = scanner?.files ?? [];
	// The keys and the strings that are no data URLs: there must be exactly the one key.
	const [key, ...others] = scanner?.strings ?? [];
	const isList = received.bytes === undefined || Array.isArray(body.data_urls);
	if (key !== 'data_urls' || !isList || (files.length === 0 && others.length === 0)) {
		return failure(400, 'data_urls is required and has to be an array');
	}
	if (others.length > 0) return failure(400, `Invalid data URL: ${(others[0] ?? '').slice(0, 60)}`);
	const urls = files.map(({ contentType, bytes, sha256, content }) => {
		const extension = EXTENSIONS[contentType] ?? contentType.split('/')[1] ?? 'bin';
		const url = world.files.addAsset(content, extension, contentType, world.random);
		world.uploads.push({ url, contentType, bytes, sha256 });
		return url;
	});
	// The two published answers, and the one that some clients expect.
	if (world.uploadAnswer === 'urls') return json(200, { urls });
	if (world.uploadAnswer === 'url') return json(200, { url: urls[0] });
	return json(200, { file_urls: urls, message: 'Files uploaded successfully' });
}
