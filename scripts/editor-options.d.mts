export const HELP: string;
export function readEditorOptions(args: string[]): {
	help: boolean;
	fresh: boolean;
	/** Seconds of the simulated Segmind per second here. */
	speed: number;
	ports: number[];
	/** Where n8n keeps its work, as a path in the project. */
	folder: string;
};
