import type { IBinaryData } from 'n8n-workflow';
import type { ChatFamily } from '../../nodes/catalog/chat/family';
import { expectReadable, filesForChat, namedFields } from '../../nodes/fields/chatFiles';
import type { FileRow } from '../../nodes/fields/fileRows';
import type { ItemOptions } from '../../nodes/fields/itemOptions';
import { refusal } from './contextWith';

const row = (mimeType: string, parameter = ''): FileRow => ({
	parameter,
	source: { binary: { data: '', mimeType } as IBinaryData, field: 'data' },
});
const model = (family: ChatFamily, slug = 'model') => ({ slug, name: 'Model', family });
const options = (
	sendFilesAs: ItemOptions['sendFilesAs'] = '',
	checkParameters: ItemOptions['checkParameters'] = 'warn',
) => ({ sendFilesAs, checkParameters });

it.each<[family: ChatFamily, type: string, as: ItemOptions['sendFilesAs'], sendAs: string]>([
	['openai', 'image/png', '', 'base64'],
	['openai', 'image/png', 'url', 'url'],
	['openai', 'image/png', 'dataUri', 'base64'],
	// Its format has URLs for pictures only.
	['openai', 'application/pdf', 'url', 'base64'],
	['openai', 'audio/mpeg', 'url', 'base64'],
	['anthropic', 'application/pdf', 'url', 'url'],
	['gemini', 'video/mp4', 'url', 'url'],
])('%s is given %s, wanted as %j, as %s', (family, type, as, sendAs) => {
	const files = filesForChat([row(type)], model(family), options(as));
	expect(files).toEqual([{ parameter: '', source: row(type).source, sendAs }]);
});

it.each<[family: ChatFamily, type: string, takes: string]>([
	['openai', 'video/mp4', 'pictures, PDF, sound'],
	['anthropic', 'audio/mpeg', 'pictures, PDF'],
	['gemini', 'application/zip', 'pictures, PDF, sound, films'],
])('%s cannot read %s', (family, type, takes) => {
	const given = () => filesForChat([row(type)], model(family), options());
	expect(given).toThrow(
		expect.objectContaining({
			message: `Input Files: Model cannot read the file in the field "data" (${type})`,
			details: {
				model: 'model',
				description: `Nothing was sent. The files it can read are ${takes}: convert the file, or choose another model`,
			},
		}),
	);
	const file = { mimeType: type, fileName: 'a.x', content: { base64: 'AAAA' } };
	expect(refusal(() => expectReadable(model(family), file))).toContain(`a.x (${type})`);
});

it('a model that reads words only is given files with Check Parameters Off', () => {
	const words = model('openai', 'gpt-4');
	expect(refusal(() => filesForChat([row('image/png')], words, options()))).toContain(
		'Model reads only text, no files',
	);
	expect(filesForChat([row('image/png')], words, options('', 'off'))).toHaveLength(1);
	expect(filesForChat([], words, options())).toEqual([]);
});

it('a file of which nothing is known may be sent', () => {
	const file = { mimeType: null, fileName: null, content: { url: 'https://a.test/x' } };
	expect(refusal(() => expectReadable(model('anthropic'), file))).toBeUndefined();
});

it('tells of fields that rows name', () => {
	expect(namedFields([row('image/png'), row('image/png', 'mask')], model('openai'))).toEqual([
		'Model takes files inside its messages: the Model Field "mask" of Input Files was not used',
	]);
});
