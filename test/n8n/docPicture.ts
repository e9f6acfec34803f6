/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs outside n8n */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Area, EditorWindow } from './browser';
import { READY } from './person';
import { root } from './versions';

/** Writes a picture of a part of the page for the documentation, if this run is to make them. */
export async function docPicture({ page }: EditorWindow, name: string, clip: Area): Promise<void> {
	const folder = process.env.SEGMIND_TEST_IMAGES;
	if (!folder) return;
	await mkdir(join(root, folder), { recursive: true });
	await page.addStyleTag({ content: '.el-notification { display: none !important }' });
	await page.mouse.move(clip.x + clip.width / 2, 0);
	// While the node is running, its button has no text.
	const button = page.getByTestId('node-execute-button');
	if (await button.isVisible()) await button.getByText(READY).waitFor();
	// Gives animations (a closing list, a button under the pointer) time to end.
	await page.waitForTimeout(700);
	await page.screenshot({ path: join(root, folder, `${name}.png`), clip });
}
