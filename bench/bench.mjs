import { createRequire } from 'node:module';
import { ensureBuilt, ensureInstalled } from '../scripts/setup.mjs';

// npm run bench: the part that works on a fresh clone. What it starts is TypeScript and needs the packages first.
await ensureInstalled();
ensureBuilt();
const { register } = await import('tsx/cjs/api');
register();
createRequire(import.meta.url)('./bench.ts');
