export function redirectGoogle(port: number): () => void;
