const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Jest starts the files first that took longest the last time, and in a fresh clone the largest ones. Those of the faults
 * are small and take a minute each: started last, they would leave the other workers idle.
 */
module.exports = class SlowestFirst extends Sequencer {
	sort(tests) {
		const isSlow = ({ path }) => /[\\/]test[\\/]faults[\\/]/.test(path);
		const sorted = super.sort(tests);
		return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
	}
};
