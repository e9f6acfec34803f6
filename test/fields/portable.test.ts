import type { IDataObject } from 'n8n-workflow';
import { readPortableSettings } from '../../nodes/fields/portable';
import { contextWith } from './contextWith';

const settings = (parameters: IDataObject, options: IDataObject = {}) =>
	readPortableSettings(contextWith(parameters), 0, options);

it.each<[parameters: IDataObject, options: IDataObject, expected: object]>([
	[{}, {}, {}],
	[{ aspectRatio: '' }, { count: '', seed: null }, {}],
	[{ aspectRatio: '16:9' }, {}, { aspectRatio: '16:9' }],
	[{ aspectRatio: ' 16x9 ' }, {}, { aspectRatio: '16:9' }],
	[{ aspectRatio: '16 : 9' }, {}, { aspectRatio: '16:9' }],
	[{ aspectRatio: 'square_hd' }, {}, { aspectRatio: 'square_hd' }],
	[{ aspectRatio: '4/5' }, {}, { aspectRatio: '4:5' }],
	[{ aspectRatio: '16:9 (Landscape)' }, {}, { aspectRatio: '16:9' }],
	[{ aspectRatio: 'Model Default' }, {}, {}],
	[{ aspectRatio: 'custom size' }, {}, { size: { width: 1024, height: 1024 } }],
	[{ aspectRatio: ' Custom ' }, {}, { size: { width: 1024, height: 1024 } }],
	[{ aspectRatio: 'custom' }, {}, { size: { width: 1024, height: 1024 } }],
	[{ aspectRatio: 'custom', width: '640', height: 480 }, {}, { size: { width: 640, height: 480 } }],
	// Hidden in the panel, they mean nothing.
	[{ width: 640, height: 480 }, {}, {}],
	[{}, { count: '2', seed: 42 }, { count: 2, seed: 42 }],
	[{}, { seed: -1 }, { seed: -1 }],
	[{}, { seed: 0 }, { seed: 0 }],
])('%j with the options %j: %j', (parameters, options, expected) => {
	expect(settings(parameters, options)).toEqual(expected);
});

it.each<[parameters: IDataObject, options: IDataObject, message: string]>([
	[{ aspectRatio: 'wide' }, {}, 'Aspect Ratio must be a ratio such as 16:9'],
	[{ aspectRatio: '1920x1080' }, {}, 'Aspect Ratio must be a ratio such as 16:9'],
	[{ aspectRatio: 'custom', width: 0 }, {}, 'Width must be a number from 1 to 16384'],
	[{ aspectRatio: 'custom', height: 10.5 }, {}, 'Height must be a whole number'],
	[{}, { count: 0 }, 'must be a number of 1 or more'],
	[{}, { count: 1.5 }, 'must be a whole number'],
	[{}, { seed: -2 }, 'Seed must be a number of -1 or more'],
	// It would be rounded, and a rounded seed makes another image.
	[{}, { seed: '9007199254740993' }, 'Seed must be a whole number up to 9007199254740991'],
])('%j with the options %j is refused', (parameters, options, message) => {
	expect(() => settings(parameters, options)).toThrow(message);
});

it.each<[parameters: IDataObject, expected: object]>([
	[{ duration: '', resolution: '' }, {}],
	[{ duration: null }, {}],
	[{ duration: 5 }, { duration: 5 }],
	[{ duration: '7.5' }, { duration: 7.5 }],
	[{ duration: ' 8 s ' }, { duration: 8 }],
	[{ duration: '10 Seconds' }, { duration: 10 }],
	[{ resolution: '720p' }, { resolution: '720p' }],
	[{ resolution: '4K' }, { resolution: '4k' }],
	[{ resolution: 'Model Default' }, {}],
	[
		{ aspectRatio: '9:16', duration: 5, resolution: '1080P' },
		{ aspectRatio: '9:16', duration: 5, resolution: '1080p' },
	],
])('a video of %j: %j', (parameters, expected) => {
	expect(settings(parameters)).toEqual(expected);
});

it.each<[parameters: IDataObject, message: string]>([
	[{ duration: 0 }, 'Duration (Seconds) must be a number of seconds above 0, but is 0'],
	[{ duration: -1 }, 'must be a number of seconds above 0'],
	[{ duration: '1e999' }, 'must be a number of seconds above 0'],
	[{ duration: '5 min' }, 'must be a number of seconds above 0'],
	[{ duration: '1.2.3s' }, 'must be a number of seconds above 0'],
	[{ duration: 's' }, 'must be a number of seconds above 0'],
	[{ duration: ' ' }, 'must be a number of seconds above 0'],
	[{ duration: true }, 'must be a number of seconds above 0'],
	[{ duration: [5] as never }, 'must be a number of seconds above 0'],
	[{ resolution: '8k' }, 'Resolution must be one of 480p, 720p, 1080p, 4k, but is "8k"'],
	[{ resolution: 720 }, 'Resolution must be one of'],
])('a video of %j is refused', (parameters, message) => {
	expect(() => settings(parameters)).toThrow(message);
});
