import { priceText } from '../../nodes/catalog/price';

it.each([
	[0, '$0'],
	[0.0000033, '$0.0000033'],
	[0.00547, '$0.0055'],
	[0.0364, '$0.036'],
	[0.1, '$0.10'],
	[1, '$1.00'],
	[12.345, '$12.35'],
])('%p: %s', (usd, text) => expect(priceText(usd)).toBe(text));
