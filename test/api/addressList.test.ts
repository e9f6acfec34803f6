import { addressList } from '../../nodes/api/addressList';

const A = 'https://a.test/1.png';
const B = 'https://b.test/2.png?x=1,2';

it.each<[string, string, string[]]>([
	['one', A, [A]],
	['one per line', `${A}\n${B}\r\n`, [A, B]],
	['with commas', `${A}, ${B},`, [A, B]],
	['as JSON', JSON.stringify([A, B]), [A, B]],
	['in capitals', `HTTPS://A.test/1 http://b.test`, ['HTTPS://A.test/1', 'http://b.test']],
	[
		'an address with commas in it',
		'https://c.test/w_1,h_2/x.png',
		['https://c.test/w_1,h_2/x.png'],
	],
	[
		'an address in another one',
		`https://p.test/?u=https://q.test/1`,
		['https://p.test/?u=https://q.test/1'],
	],
	['an address with a blank', 'https://a.test/my photo.png', ['https://a.test/my photo.png']],
	['no address before one', `see ${A}`, ['see', A]],
	['nothing', ' , ', []],
])('%s', (_, text, expected) => {
	expect(addressList(text)).toEqual(expected);
});

it('reads a long text in linear time', () => {
	let looks = 0;
	// Counted instead of timed: quadratic work on 40,000 commas would look a billion times.
	const text = `${A}${','.repeat(40_000)}x${','.repeat(40_000)}${B}`;
	const original = String.prototype.includes;
	jest.spyOn(String.prototype, 'includes').mockImplementation(function (this: string, ...args) {
		looks++;
		return original.apply(this, args);
	});
	try {
		expect(addressList(text)).toHaveLength(2);
		expect(looks).toBeLessThan(200_000);
	} finally {
		jest.restoreAllMocks();
	}
});
