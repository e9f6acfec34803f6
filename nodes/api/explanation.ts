import type { Advice } from './advice';

/** What an answer means for the user. */
export interface Explanation {
	message: string;
	advice: string | Advice;
	/** False unless it is documented, or proven, that nothing was billed. */
	free?: boolean;
}
