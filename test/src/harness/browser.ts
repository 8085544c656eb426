import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterSuite } from './servers.ts';

let browser: Promise<Browser> | undefined;

/** The suite's Chromium (found by scripts/services/chromium.mjs), closed after the last test. */
export function openBrowser(): Promise<Browser> {
  browser ??= launch();
  return browser;
}

async function launch(): Promise<Browser> {
  const executablePath = process.env['TEST_CHROME_PATH'];
  if (!executablePath)
    throw new Error('TEST_CHROME_PATH is not set: run "npm test", or point it to a Chromium');
  const { chromium } = await import('playwright-core');
  const own = JSON.parse(process.env['TEST_CHROME_ENV'] ?? '{}') as Record<string, string>;
  const launched = await chromium.launch({
    executablePath,
    // Only pages of our own are opened, often as root or in a container, where the sandbox cannot start.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    env: { ...inherited(), ...own },
  });
  afterSuite(() => launched.close());
  return launched;
}

const inherited = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

const CHINESE: BrowserContextOptions = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' };

/** A phone of 390 × 844 with touch, in Chinese, Shanghai time. */
export async function phone(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const { devices } = await import('playwright-core');
  const { defaultBrowserType: _type, ...profile } = devices['iPhone 13'];
  return (await openBrowser()).newContext({ ...profile, ...CHINESE, ...options });
}

/** A desktop window of 1440 × 900, in Chinese, Shanghai time. */
export async function desktop(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return (await openBrowser()).newContext({ viewport: { width: 1440, height: 900 }, ...CHINESE, ...options });
}
