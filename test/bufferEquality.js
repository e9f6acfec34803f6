// Jest compares a Buffer like a list, number by number, which takes seconds for the films of a single test.
expect.addEqualityTesters([
	(one, other) => (Buffer.isBuffer(one) && Buffer.isBuffer(other) ? one.equals(other) : undefined),
]);
