/* eslint-disable @n8n/community-nodes/no-restricted-imports -- runs outside n8n */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installations } from './versions';

/** The part of playwright-core that is used here; it is installed separately, so the project's compiler does not know it. */
export interface Locator {
	click(options?: { force?: boolean; timeout?: number }): Promise<void>;
	dblclick(): Promise<void>;
	hover(): Promise<void>;
	fill(text: string): Promise<void>;
	press(key: string): Promise<void>;
	first(): Locator;
	last(): Locator;
	nth(index: number): Locator;
	boundingBox(): Promise<Area | null>;
	filter(options: { hasText?: string | RegExp }): Locator;
	locator(selector: string): Locator;
	getByTestId(id: string): Locator;
	getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
	getByRole(role: string, options?: { name?: string | RegExp }): Locator;
	innerText(): Promise<string>;
	isVisible(): Promise<boolean>;
	evaluate<T>(code: (element: { naturalWidth: number; naturalHeight: number }) => T): Promise<T>;
	waitFor(options?: {
		state?: 'visible' | 'hidden' | 'attached' | 'detached';
		timeout?: number;
	}): Promise<void>;
}

/** A part of the page, in its pixels. */
export interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

export interface Page {
	goto(url: string): Promise<unknown>;
	url(): string;
	getByTestId(id: string): Locator;
	getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
	getByRole(role: string, options?: { name?: string | RegExp }): Locator;
	locator(selector: string): Locator;
	keyboard: { press(key: string): Promise<void> };
	mouse: {
		move(x: number, y: number, options?: { steps: number }): Promise<void>;
		down(): Promise<void>;
		up(): Promise<void>;
	};
	screenshot(options: { path: string; clip: Area }): Promise<unknown>;
	/** Runs JavaScript in the page and gives its value. */
	evaluate<T>(code: string): Promise<T>;
	addStyleTag(options: { content: string }): Promise<unknown>;
	waitForTimeout(ms: number): Promise<void>;
	on(event: 'pageerror', handler: (error: Error) => void): void;
	setViewportSize(size: { width: number; height: number }): Promise<void>;
	close(): Promise<void>;
}

interface Context {
	newPage(): Promise<Page>;
	addCookies(cookies: Array<{ name: string; value: string; url: string }>): Promise<void>;
	route(
		pattern: RegExp,
		handler: (route: { abort(): Promise<void> }) => Promise<void>,
	): Promise<void>;
	setDefaultTimeout(ms: number): void;
}

interface Browser {
	newContext(options: object): Promise<Context>;
	close(): Promise<void>;
}

interface Playwright {
	chromium: { launch(options: object): Promise<Browser> };
	selectors: { setTestIdAttribute(name: string): void };
}

/** For anything a person would wait for too; a busy machine is slow. */
const PATIENCE_MS = 60_000;

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage',
	'--force-device-scale-factor=1',
];

export interface EditorWindow {
	page: Page;
	/** Errors that the page's own code threw. */
	errors: string[];
	close(): Promise<void>;
}

/** Opens Debian's Chromium, headless, signed in with the cookie; it can only reach this machine. */
export async function openBrowser(
	url: string,
	cookie: string,
	size = { width: 1440, height: 900 },
): Promise<EditorWindow> {
	const { chromium, selectors } = createRequire(join(installations, 'editor/package.json'))(
		'playwright-core',
	) as Playwright;
	selectors.setTestIdAttribute('data-test-id');
	const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
	const context = await browser.newContext({ viewport: size, colorScheme: 'light' });
	context.setDefaultTimeout(PATIENCE_MS);
	await context.route(/^https?:\/\/(?!127\.0\.0\.1[:/])/, async (route) => await route.abort());
	const [name = '', ...value] = cookie.split('=');
	await context.addCookies([{ name, value: value.join('='), url }]);
	const page = await context.newPage();
	const errors: string[] = [];
	page.on('pageerror', (error) => errors.push(error.message));
	return { page, errors, close: async () => await browser.close() };
}
