import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { readAsked } from '../../nodes/fields/asked';
import type { ModelCall } from '../../nodes/jobs/modelCall';
import { itemContext } from './itemContext';

const asked = (parameters: IDataObject) => readAsked(itemContext(parameters), 0, undefined);

it('is what the call says, where there is one', () => {
	const call = { slug: 'flux', prompt: 'a fox' } as ModelCall;
	expect(readAsked(itemContext({ model: 'other' }), 0, call)).toEqual({
		model: 'flux',
		prompt: 'a fox',
	});
});

it.each<[parameters: IDataObject, model: string | null, prompt: string | null]>([
	[{ model: { __rl: true, value: 'flux' }, prompt: 'a fox' }, 'flux', 'a fox'],
	[{ model: 'https://www.segmind.com/models/flux', prompt: '' }, 'flux', null],
	[{ model: 'no model!', prompt: { text: 'a' } }, null, null],
	[{}, null, null],
])('else what the parameters %j say', (parameters, model, prompt) => {
	expect(asked(parameters)).toEqual({ model, prompt });
});

it('never fails a second time', () => {
	const context = {
		getNodeParameter: () => {
			throw new Error('the expression cannot be evaluated');
		},
	} as unknown as IExecuteFunctions;
	expect(readAsked(context, 0, undefined)).toEqual({ model: null, prompt: null });
});
