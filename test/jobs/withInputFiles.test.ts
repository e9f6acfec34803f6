import type { IDataObject } from 'n8n-workflow';
import type { InputFile, SentFile } from '../../nodes/media/inputFile';
import type { Run } from '../../nodes/jobs/run';
import { withInputFiles } from '../../nodes/jobs/withInputFiles';

/** URLs that Segmind fetches itself need nothing of a run. */
const run = {} as Run;
const web = (parameter: string, name: string, asList?: boolean): InputFile => ({
	parameter,
	source: { url: `https://a.test/${name}` },
	sendAs: 'url',
	asList,
});
const [a, b] = ['https://a.test/a', 'https://a.test/b'];

it.each<[what: string, body: IDataObject, inputFiles: InputFile[], sent: IDataObject]>([
	['none', { prompt: 'Hi' }, [], { prompt: 'Hi' }],
	['one', { prompt: 'Hi' }, [web('image', 'a')], { prompt: 'Hi', image: a }],
	['one for each field', {}, [web('image', 'a'), web('mask', 'b')], { image: a, mask: b }],
	['several for one field', {}, [web('image', 'a'), web('image', 'b')], { image: [a, b] }],
	['one for a list', {}, [web('images', 'a', true)], { images: [a] }],
	['over what the JSON says', { image: 'x' }, [web('image', 'a')], { image: a }],
])('%s', async (_what, body, inputFiles, sent) => {
	expect((await withInputFiles(run, { body, inputFiles })).body).toEqual(sent);
});

it('leaves the call itself as it was', async () => {
	const call = { body: { prompt: 'Hi' }, inputFiles: [web('image', 'a')] };
	await withInputFiles(run, call);
	expect(call.body).toEqual({ prompt: 'Hi' });
});

it('a chat model is given them in its messages', async () => {
	const bodyWith = (files: readonly SentFile[]) => ({
		messages: files.map(({ content }) => content),
	});
	const inputFiles = [web('', 'a'), web('', 'b')];
	const { body } = await withInputFiles(run, { body: {}, inputFiles, bodyWith });
	expect(body).toEqual({ messages: [{ url: a }, { url: b }] });
});
