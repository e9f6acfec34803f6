/** Bytes that are quick to have again: the least recently used ones leave when the whole exceeds `limitBytes`. */
export class RecentlyUsed {
	private readonly entries = new Map<string, Buffer>();

	private held = 0;

	constructor(private readonly limitBytes: number) {}

	get(key: string): Buffer | undefined {
		const found = this.entries.get(key);
		if (found) {
			this.entries.delete(key);
			this.entries.set(key, found);
		}
		return found;
	}

	put(key: string, bytes: Buffer): void {
		if (this.entries.has(key)) return;
		this.entries.set(key, bytes);
		this.held += bytes.length;
		for (const [oldest, old] of this.entries) {
			if (this.held <= this.limitBytes) break;
			this.entries.delete(oldest);
			this.held -= old.length;
		}
	}
}
