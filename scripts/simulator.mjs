import { ensureInstalled } from './setup.mjs';

// npm run simulator: the part that works on a fresh clone. What it starts is TypeScript and needs the packages first.
await ensureInstalled();
const { require: load } = await import('tsx/cjs/api');
load('./simulator.ts', import.meta.url);
