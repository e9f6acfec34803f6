/* eslint-disable @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { Semaphore } from '../../nodes/api/semaphore';

const turn = async () => await new Promise((resolve) => setImmediate(resolve));

it('runs as many tasks as there are slots, in arrival order', async () => {
	const slots = new Semaphore(2);
	const begun: number[] = [];
	const finish: Array<() => void> = [];
	const all = [0, 1, 2, 3].map(
		async (n) =>
			await slots.use(async () => {
				begun.push(n);
				await new Promise<void>((resolve) => (finish[n] = resolve));
				return n;
			}),
	);
	await turn();
	expect(begun).toEqual([0, 1]);
	finish[1]!();
	await turn();
	expect(begun).toEqual([0, 1, 2]);
	finish[2]!();
	await turn();
	expect(begun).toEqual([0, 1, 2, 3]);
	finish[0]!();
	finish[3]!();
	expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
});

it('frees the slot of a failed task', async () => {
	const slots = new Semaphore(1);
	const fail = async () => await Promise.reject(new Error('broken'));
	await expect(slots.use(fail)).rejects.toThrow('broken');
	await expect(slots.use(fail)).rejects.toThrow('broken');
	expect(await slots.use(async () => 'well')).toBe('well');
});

it('passes a slot to a waiting task before later ones', async () => {
	const slots = new Semaphore(1);
	const order: string[] = [];
	const use = async (name: string) => await slots.use(async () => void order.push(name));
	const first = use('first');
	const second = use('second');
	await first;
	await Promise.all([second, use('third')]);
	expect(order).toEqual(['first', 'second', 'third']);
});
