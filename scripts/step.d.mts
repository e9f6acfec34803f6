export function step<T>(
	what: string,
	work: () => Promise<T> | T,
	howFar?: () => string,
): Promise<T>;
