import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { expectNoFileExpression } from '../../nodes/fields/fileExpression';
import { refusal } from './contextWith';

/** A node with parameters as its user wrote them, and what their expressions give. */
const contextOf = (parameters: IDataObject, values: IDataObject) =>
	({
		getNode: () => ({ parameters }),
		getNodeParameter: (name: string) => values[name],
	}) as unknown as IExecuteFunctions;
const told = (raw: IDataObject, value: IDataObject) =>
	refusal(() => expectNoFileExpression(contextOf(raw, value), 0));

const inForm = (image: unknown) => ({ parameters: { value: { image } } }) as IDataObject;

it.each<[raw: string, shown: string]>([
	['={{ $binary.data.data }}', '{{ $binary.data.data }}'],
	['={{ $binary["my photo"].data }}', '{{ $binary["my photo"].data }}'],
	['={{ $binary?.data?.data }}', '{{ $binary?.data?.data }}'],
	["={{ $('Form').item.binary.photo.data }}", "{{ $('Form').item.binary.photo.data }}"],
	["={{ $('Form').first().binary.photo.data }}", "{{ $('Form').first().binary.photo.data }}"],
	['=data:image/png;base64,{{ $binary.data.data }} ', '{{ $binary.data.data }}'],
])('%s without content is lost', (raw, shown) => {
	const message = `The expression ${shown} returns nothing: n8n keeps the content of files out of expressions`;
	for (const value of [undefined, null, '', 'data:image/png;base64,', 'filesystem-v2']) {
		expect(told(inForm(raw), inForm(value))).toBe(message);
	}
});

it.each<[what: string, raw: IDataObject, value: IDataObject]>([
	['content that came', inForm('={{ $binary.data.data }}'), inForm('A'.repeat(100))],
	['a fact of a file', inForm('={{ $binary.data.fileName }}'), inForm('a.png')],
	['a key of the item', inForm('={{ $json.binary.photo.data }}'), inForm('')],
	['another word', inForm('={{ $binary.data.database }}'), inForm('')],
	['a fixed text', inForm('$binary.data.data'), inForm('$binary.data.data')],
	['nothing', {}, {}],
])('leaves %s alone', (_what, raw, value) => expect(told(raw, value)).toBeUndefined());

it.each([
	['prompt', '={{ $binary.data.data }}'],
	['inputs', '={ "Photo": "{{ $binary.data.data }}" }'],
	['options', { jsonParameters: '={ "image": "{{ $binary.data.data }}" }' }],
	['inputFiles', { file: [{ binaryField: '={{ $binary.data.data }}' }] }],
	['dataUris', '={{ $binary.data.data }}'],
] as Array<[string, IDataObject]>)('looks into %s', (name, raw) => {
	expect(told({ [name]: raw }, { [name]: '' })).toContain('{{ $binary.data.data }}');
});
