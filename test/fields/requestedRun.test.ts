import type { IDataObject } from 'n8n-workflow';
import { readRequestedRun } from '../../nodes/fields/requestedRun';
import type { ModelCall } from '../../nodes/jobs/modelCall';
import { contextWith } from './contextWith';

it('comes from the call, if there is one', () => {
	const call = { slug: 'veo-3', prompt: 'a fox' } as ModelCall;
	expect(readRequestedRun(contextWith({ model: 'other' }), 0, call)).toEqual({
		model: 'veo-3',
		prompt: 'a fox',
	});
});

it.each<[parameters: IDataObject, model: string | null, prompt: string | null]>([
	[{}, null, null],
	[{ model: { __rl: true, mode: 'slug', value: 'veo-3' }, prompt: 'a fox' }, 'veo-3', 'a fox'],
	[{ model: 'https://www.segmind.com/models/veo-3' }, 'veo-3', null],
	[{ model: '../x', prompt: '' }, null, null],
	[{ model: [7], prompt: [1] }, null, null],
])('is read from %j if the item could not be read', (parameters, model, prompt) => {
	expect(readRequestedRun(contextWith(parameters), 0, undefined)).toEqual({ model, prompt });
});

it('is unknown if the expressions fail', () => {
	const context = contextWith({});
	context.getNodeParameter = () => {
		throw new Error('no');
	};
	expect(readRequestedRun(context, 0, undefined)).toEqual({ model: null, prompt: null });
});
