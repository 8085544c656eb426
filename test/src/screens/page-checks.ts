import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';

/** What went wrong on a page while it was watched: console errors (policy violations among them) and exceptions. */
export function watch(page: Page): string[] {
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  return troubles;
}

/** Rules that axe finds broken, as `rule: element`; `within` looks at parts of the page alone (a list is long). */
export async function axeFindings(page: Page, within: readonly string[] = []): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  for (const selector of within) builder.include(selector);
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Starts to add up layout shifts before the page's first paint; read by {@link layoutShift}. */
export async function recordShifts(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    Object.assign(globalThis, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        Object.assign(globalThis, {
          shift:
            (globalThis as unknown as { shift: number }).shift +
            (entry as unknown as { value: number }).value,
        });
      }
    }).observe({ type: 'layout-shift' as 'mark', buffered: true });
  });
}
export const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { shift: number }).shift);

/** How far the page is wider than its window, in pixels. */
export const overflowWidth = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - innerWidth');

/** HTML inside `#root`. */
export const rootHtml = (page: Page): Promise<string> => page.locator('#root').innerHTML();

/** Waits until the page's scripts have taken over. */
export const taken = (page: Page): Promise<void> =>
  page.locator('#root[data-ready]').waitFor({ state: 'attached' });

/** onOk, onFail, service, action, parameters. */
type BridgeCall = [(answer: object) => void, unknown, string, string, object];

/** The mobile bridge of an Android client as the real package expects it; calls land in `globalThis.calls`. */
export async function addBridge(context: BrowserContext, code: string): Promise<void> {
  await context.addInitScript((authCode) => {
    const calls: unknown[] = [];
    const require =
      () =>
      (...[onOk, , service, action, params]: BridgeCall) => {
        calls.push({ service, action, params });
        onOk(action.startsWith('requestAuthCode') ? { code: authCode } : {});
      };
    Object.assign(globalThis, { calls, nuva: { isReady: true, require } });
  }, code);
}

export const DINGTALK_ANDROID =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 ' +
  'Mobile Safari/537.36 AliApp(DingTalk/7.6.15) com.alibaba.android.rimet/0';
