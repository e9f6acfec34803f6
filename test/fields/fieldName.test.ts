import { expectFieldName, isUnsafeName } from '../../nodes/fields/fieldName';

it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
	'%s would be lost',
	(name) => {
		expect(isUnsafeName(name)).toBe(true);
		expect(() => expectFieldName('Inputs', name)).toThrow(
			`Inputs: "${name}" cannot be the name of a field`,
		);
	},
);

it.each(['prompt', 'image_url', 'Constructor', 'proto'])('%j would not', (name) => {
	expect(isUnsafeName(name)).toBe(false);
	expect(() => expectFieldName('Inputs', name)).not.toThrow();
});

it.each(['', ' '])('%j is no name', (name) => {
	expect(() => expectFieldName('Inputs', name)).toThrow('Inputs: a field has no name');
});
