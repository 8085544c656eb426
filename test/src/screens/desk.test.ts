import type { BrowserContext, Page } from 'playwright-core';
import { desktop, phone } from '../harness/browser.ts';
import { afterSuite } from '../harness/servers.ts';
import { until } from '../harness/until.ts';
import { manyPeople } from './fixture-desk.ts';
import { buildMiniapp, readManifest, startFixtureServer, type FixtureServer } from './fixture-server.ts';
import { axeFindings, layoutShift, overflowWidth, recordShifts, watch } from './page-checks.ts';

const MANY = 20_000;
/** A browser on a shared, loaded machine; a lone run takes a few seconds. */
const PATIENCE_MS = 180_000;
let server: FixtureServer;
let large: FixtureServer;

beforeAll(async () => {
  buildMiniapp();
  server = await startFixtureServer({ isSignedIn: true });
  large = await startFixtureServer({ isSignedIn: true, people: manyPeople(MANY) });
  afterSuite(() => server.close());
  afterSuite(() => large.close());
}, PATIENCE_MS);

async function open(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('grid').waitFor();
  return page;
}
const names = (page: Page): Promise<string[]> => page.locator('.rows .name b').allInnerTexts();
const query = (page: Page): URLSearchParams => new URL(page.url()).searchParams;

test('the desk’s own scripts stay within 60 KB, React apart', () => {
  const { entries, files } = readManifest();
  const own = entries.desk.filter((file) => !file.includes('react'));
  expect(own.length).toBeLessThan(entries.desk.length);
  expect(own.reduce((sum, file) => sum + (files[file]?.gzip ?? Infinity), 0)).toBeLessThanOrEqual(60 * 1024);
});

/** Asked from outside: inside the page its security policy forbids a polled expression. */
const rowsShown = (page: Page, count: number): Promise<true> =>
  until(`${count} rows`, async () =>
    (await page.locator('.rows .row').count()) === count ? true : undefined,
  );

test(
  '/desk opens the newest cycle: counts, and the list by score',
  async () => {
    const context = await desktop();
    await recordShifts(context);
    const page = await context.newPage();
    const troubles = watch(page);
    await page.goto(`${server.origin}/desk`);
    await page.getByRole('grid').waitFor();
    expect(new URL(page.url()).pathname).toBe('/desk/cycles/7');
    expect((await names(page)).slice(0, 3)).toEqual(['王五', '张三', '赵敏']);
    expect(await page.locator('.counts ul').innerText()).toMatch(
      /5\s+直接转型\s+8\s+培训后转型\s+7\s+调整岗位/,
    );
    expect(await page.locator('.list footer').innerText()).toContain('共 20 人');
    expect(await layoutShift(page)).toBeLessThanOrEqual(0.001);
    expect(troubles).toEqual([]);
    await context.close();
  },
  PATIENCE_MS,
);

test(
  'filters and order stand in the address, and an address opens them',
  async () => {
    const context = await desktop();
    const page = await open(context, `${server.origin}/desk/cycles/7`);
    await page.getByLabel('部门').selectOption('销售一部');
    await page.getByLabel('分层').selectOption('reassign');
    await page.getByRole('columnheader', { name: '姓名' }).getByRole('button').click();
    await rowsShown(page, 3);
    expect(await names(page)).toEqual(['沈悦', '许强', '杨帆']);
    expect([query(page).get('dept'), query(page).get('tier'), query(page).get('sort')]).toEqual([
      '销售一部',
      'reassign',
      'name',
    ]);
    const again = await open(context, page.url());
    expect(await names(again)).toEqual(['沈悦', '许强', '杨帆']);
    await again.getByRole('button', { name: '清除筛选' }).click();
    await again.getByLabel('姓名、工号').fill('s013');
    await rowsShown(again, 1);
    expect(await names(again)).toEqual(['李四']);
    await again.getByLabel('姓名、工号').fill('没有这个人');
    await again.getByText('没有符合条件的人').waitFor();
    await context.close();
  },
  PATIENCE_MS,
);

test(
  'by keyboard: J and K move, Enter opens, the panel follows, Escape closes, / searches',
  async () => {
    const context = await desktop();
    const page = await open(context, `${server.origin}/desk/cycles/7`);
    const grid = page.getByRole('grid');
    await grid.focus();
    for (const key of ['j', 'ArrowDown', 'k']) await page.keyboard.press(key);
    expect(await page.locator('.row.active .name b').innerText()).toBe('张三');
    expect(await grid.getAttribute('aria-activedescendant')).toBe(
      await page.locator('.row.active').getAttribute('id'),
    );
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: '张三的盘点依据' }).waitFor();
    expect(query(page).get('person')).toBe('zhangsan');
    await page.keyboard.press('J');
    await page.getByRole('complementary', { name: '赵敏的盘点依据' }).waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('grid');
    await page.keyboard.press('Escape');
    await page.getByText('选一个人，看分数怎么来的').waitFor();
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
    await context.close();
  },
  PATIENCE_MS,
);

test(
  'a person’s score is explained down to the records, and passes axe',
  async () => {
    const context = await desktop();
    const page = await open(context, `${server.origin}/desk/cycles/7?person=zhangsan`);
    const panel = page.getByRole('complementary', { name: '张三的盘点依据' });
    await panel.getByText('85.20 分怎么来的').waitFor();
    const cells = await panel.locator('tbody tr td:last-child').allInnerTexts();
    expect(cells).toEqual([
      '+13.12',
      '+12.00',
      '+9.00',
      '+11.00',
      '+8.14',
      '+9.00',
      '+11.25',
      '+7.04',
      '+4.65',
    ]);
    await panel.getByRole('button', { name: '客户满意度' }).focus();
    expect(await panel.locator('.note[role=status]').innerText()).toBe(
      '客户满意度：下限 6 分，目标 9 分，样本 23 条，团队平均 8.86 分',
    );
    expect(await axeFindings(page)).toEqual([]);
    await panel.getByRole('button', { name: '客户满意度' }).click();
    await panel.locator('.record').first().waitFor();
    expect(await panel.locator('.record').count()).toBe(23);
    expect(query(page).get('metric')).toBe('satisfaction_avg');
    expect(await axeFindings(page, ['.person'])).toEqual([]);
    await page.goBack();
    await panel.getByText('85.20 分怎么来的').waitFor();
    await context.close();
  },
  PATIENCE_MS,
);

test(
  'the dark theme passes axe',
  async () => {
    const context = await desktop({ colorScheme: 'dark' });
    const page = await open(context, `${server.origin}/desk/cycles/7?person=lisi`);
    await page.getByText('60.00 分怎么来的').waitFor();
    expect(
      await axeFindings(page, [
        '.top',
        '.heading',
        '.kpis',
        '.filters',
        '.person',
        '.row.header',
        '.rows .row:first-child',
      ]),
    ).toEqual([]);
    await context.close();
  },
  PATIENCE_MS,
);

test(
  'on a phone the person covers the list and closing returns to it',
  async () => {
    const context = await phone({ viewport: { width: 375, height: 740 } });
    const page = await open(context, `${server.origin}/desk/cycles/7`);
    await page.locator('.rows .row').nth(1).tap();
    const panel = page.getByRole('complementary', { name: '张三的盘点依据' });
    await panel.waitFor();
    expect(await overflowWidth(page)).toBeLessThanOrEqual(0);
    await panel.getByRole('button', { name: '关闭' }).tap();
    await panel.waitFor({ state: 'detached' });
    expect((await names(page)).slice(0, 2)).toEqual(['王五', '张三']);
    await context.close();
  },
  PATIENCE_MS,
);

test(
  'of 20,000 people only the rows in sight are drawn, and the last one is a key away',
  async () => {
    const context = await desktop();
    const page = await open(context, `${large.origin}/desk/cycles/7`);
    const grid = page.getByRole('grid');
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(MANY + 1));
    await page.locator('.rows .row').first().waitFor();
    expect(await page.locator('.rows .row').count()).toBeLessThan(60);
    await grid.focus();
    await page.keyboard.press('End');
    await page.locator(`.rows [aria-rowindex="${MANY + 1}"]`).waitFor();
    expect(await page.locator('.row.active').getAttribute('aria-rowindex')).toBe(String(MANY + 1));
    expect(await page.locator('.rows .row').count()).toBeLessThan(60);
    await context.close();
  },
  PATIENCE_MS,
);
