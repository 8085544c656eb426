import type { Page } from 'playwright-core';
import { staffText } from '@shigang/shared';
import { staffPages, type StaffPageName } from '../../../miniapp/src/staff/pages.ts';
import { phone } from '../harness/browser.ts';
import { afterSuite } from '../harness/servers.ts';
import { buildMiniapp, loadRenderer, startFixtureServer, type FixtureServer } from './fixture-server.ts';
import * as fixtures from './fixtures.ts';
import { overflowWidth, taken } from './page-checks.ts';

/** A browser on a shared, loaded machine; a lone run takes a few seconds. */
const PATIENCE_MS = 180_000;
/** What can be touched on a phone, in pixels. */
const TOUCH = 44;
const names = Object.keys(staffPages) as StaffPageName[];
let server: FixtureServer;

beforeAll(async () => {
  buildMiniapp();
  server = await startFixtureServer({ isSignedIn: true });
  afterSuite(() => server.close());
}, PATIENCE_MS);

const exampleOf = (page: StaffPageName): string =>
  staffPages[page].at[0].replace('{metric}', 'satisfaction_avg');

test.each(names)('%s: address, title and tab are those of the table', async (page) => {
  const row = staffPages[page];
  expect(loadRenderer().pageAddress(exampleOf(page))?.page).toBe(page);
  const html = await (await fetch(server.origin + exampleOf(page))).text();
  expect(html).toContain(`<title>${staffText[row.title]}</title>`);
  expect(html).toContain(`<h1 class="sr">${staffText[row.title]}</h1>`);
  const tabs = /<nav class="tabs".*?<\/nav>/.exec(html)?.[0] ?? '';
  if (page !== 'team') expect(tabs).toContain(`href="${staffPages[row.tab].at[0]}" aria-current`);
});

test('addresses that are no page, and pieces that cannot be decoded', () => {
  const { pageAddress } = loadRenderer();
  for (const path of ['/desk', '/statements', '/statement/', '/match/a/b', '/api/v1/me/home'])
    expect(pageAddress(path)).toBeNull();
  expect(pageAddress('/statement/lines/a%2Fb?period=2026Q3')?.keys).toEqual({ lineId: 'a/b' });
  expect(pageAddress('/statement/lines/%ZZ')?.keys).toEqual({ lineId: null });
});

test('tabs are drawn for whom the door is open, and not for a single one', () => {
  const tabsOf = (abilities: Partial<typeof fixtures.home.viewer.abilities>): string[] => {
    const viewer = {
      ...fixtures.home.viewer,
      abilities: { ...fixtures.home.viewer.abilities, ...abilities },
    };
    const html = loadRenderer().render({ page: 'home', answer: { ...fixtures.home, viewer } });
    const nav = /<nav class="tabs".*?<\/nav>/.exec(html)?.[0] ?? '';
    return [...nav.matchAll(/<span>(.*?)<\/span>/g)].map(([, name]) => name ?? '');
  };
  expect(tabsOf({})).toEqual(['首页', '激励', '能力', '发展']);
  expect(tabsOf({ managesTeam: true })).toEqual(['首页', '激励', '能力', '发展', '团队']);
  expect(tabsOf({ seesOwnFigures: false, managesTeam: true })).toEqual([]);
});

test(
  'tabs lead from page to page, are large enough, and stay in sight at 320 pixels',
  async () => {
    const context = await phone({ viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto(server.origin);
    const tabs = page.getByRole('navigation', { name: '主导航' });
    for (const [name, path] of [
      ['激励', '/statement'],
      ['能力', '/match'],
      ['发展', '/development'],
      ['首页', '/'],
    ] as const) {
      await tabs.getByRole('link', { name }).tap();
      await page.waitForURL(server.origin + path);
      await taken(page);
      expect(await tabs.locator('[aria-current=page]').innerText()).toBe(name);
      for (const box of await tabs
        .getByRole('link')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()))) {
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(TOUCH);
        expect(box.bottom).toBeLessThanOrEqual(640);
      }
      expect(await overflowWidth(page)).toBeLessThanOrEqual(0);
    }
    await context.close();
  },
  PATIENCE_MS,
);

describe('the quarter’s menu', () => {
  const isOpen = (page: Page): Promise<boolean> =>
    page.locator('details.menu').evaluate((menu) => (menu as unknown as { open: boolean }).open);
  const focused = (page: Page): Promise<unknown> => page.evaluate('document.activeElement.tagName');

  async function opened(page: Page): Promise<void> {
    await page.goto(`${server.origin}/match`);
    await taken(page);
    await page.locator('details.menu summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await isOpen(page)).toBe(true);
    expect(await focused(page)).toBe('A');
  }

  test(
    'closes on Escape and gives the focus back to its button',
    async () => {
      const context = await phone();
      const page = await context.newPage();
      await opened(page);
      await page.keyboard.press('Escape');
      expect(await isOpen(page)).toBe(false);
      expect(await focused(page)).toBe('SUMMARY');
      await page.keyboard.press('Enter');
      expect(await isOpen(page)).toBe(true);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'closes on a click outside, not on one inside',
    async () => {
      const context = await phone();
      const page = await context.newPage();
      await opened(page);
      await page.locator('.menu ul').click({ position: { x: 2, y: 30 } });
      expect(await isOpen(page)).toBe(true);
      await page.locator('.greet strong').click();
      expect(await isOpen(page)).toBe(false);
      expect(await focused(page)).toBe('SUMMARY');
      await context.close();
    },
    PATIENCE_MS,
  );
});
