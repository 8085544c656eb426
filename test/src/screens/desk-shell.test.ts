import type { Page } from 'playwright-core';
import { desktop, phone } from '../harness/browser.ts';
import { afterSuite } from '../harness/servers.ts';
import { cycle } from './fixture-desk.ts';
import {
  buildMiniapp,
  readManifest,
  startFixtureServer,
  type Answered,
  type Asked,
} from './fixture-server.ts';
import { axeFindings, overflowWidth, watch } from './page-checks.ts';

/** A browser on a shared, loaded machine; a lone run takes a few seconds. */
const PATIENCE_MS = 180_000;
beforeAll(buildMiniapp, PATIENCE_MS);

const viewer = {
  userId: 'hr01',
  name: '周敏',
  departmentName: '人力资源部',
  abilities: { seesOwnFigures: false, opensDesk: true, managesTeam: true },
};
const SECOND = { cycleId: '8', period: '2026Q3', role: 'sales_support', state: 'review' } as const;
const cycles = [...cycle.cycles.slice(0, 1), SECOND, ...cycle.cycles.slice(1)];

/** A desk of two quarters, the newer with two roles. */
async function openedAt(page: Page, path: string, abilities = viewer.abilities): Promise<string> {
  const api = ({ method, path: asked }: Asked): Answered | null => {
    const [, kind, id, part] = asked.split('?')[0]?.split('/') ?? [];
    if (kind === 'session') {
      return { status: method === 'DELETE' ? 204 : 200, body: { ...viewer, abilities } };
    }
    if (kind === 'cycles' && id === undefined) return { status: 200, body: { cycles } };
    const one = cycles.find(({ cycleId }) => cycleId === id);
    if (kind !== 'cycles' || !one) return { status: 404, body: {} };
    return part === undefined ? { status: 200, body: { ...cycle, ...one, cycles } } : null;
  };
  const server = await startFixtureServer({ isSignedIn: true, api });
  afterSuite(() => server.close());
  await page.goto(server.origin + path);
  return server.origin;
}
const addressOf = (page: Page): string => {
  const { pathname, search, hash } = new URL(page.url());
  return pathname + search + hash;
};

test('every screen of the desk is a script and a style sheet of its own; the shell is small', () => {
  const { entries, files, screens } = readManifest();
  const gzip = (names: readonly string[]): number =>
    names.reduce((sum, name) => sum + (files[name]?.gzip ?? Infinity), 0);
  const shell = entries.desk.filter((file) => !file.includes('react'));
  const board = screens['screens/hr/cycle/screen'] ?? [];
  expect(board.some((file) => file.endsWith('.css'))).toBe(true);
  expect(gzip(shell)).toBeLessThanOrEqual(30 * 1024);
  // What the board takes in all, as before it stood in a shell.
  expect(gzip([...shell, ...board])).toBeLessThanOrEqual(60 * 1024);
});

test(
  'quarter and role stand in the address and keep what was filtered; back returns',
  async () => {
    const context = await desktop();
    const page = await context.newPage();
    const troubles = watch(page);
    await openedAt(page, '/desk/cycles/7?dept=销售一部&person=zhangsan');
    await page.getByRole('complementary', { name: '张三的盘点依据' }).waitFor();
    await page.getByLabel('岗位', { exact: true }).selectOption('sales_support');
    await page.waitForURL(/\/desk\/cycles\/8/);
    expect(new URL(page.url()).searchParams.get('dept')).toBe('销售一部');
    expect(new URL(page.url()).searchParams.get('person')).toBeNull();
    await page.getByLabel('期间').selectOption('2026Q2');
    await page.waitForURL(/\/desk\/cycles\/3/);
    await page.goBack();
    await page.goBack();
    await page.getByRole('complementary', { name: '张三的盘点依据' }).waitFor();
    expect(await page.getByLabel('期间').inputValue()).toBe('2026Q3');
    expect(await page.getByRole('link', { name: '季度盘点' }).getAttribute('aria-current')).toBe('page');
    expect(troubles).toEqual([]);
    await context.close();
  },
  PATIENCE_MS,
);

test(
  'the desk’s own address opens the quarter and role that it names, else the newest',
  async () => {
    const context = await desktop();
    const page = await context.newPage();
    const origin = await openedAt(page, '/desk?period=2026Q3&role=sales_support');
    await page.waitForURL(/\/desk\/cycles\/8$/);
    await page.goto(`${origin}/desk`);
    await page.waitForURL(/\/desk\/cycles\/7$/);
    await context.close();
  },
  PATIENCE_MS,
);

test(
  'an address where nothing lives says so and leads back; without the right nothing is drawn',
  async () => {
    const context = await desktop();
    const page = await context.newPage();
    await openedAt(page, '/desk/nowhere');
    await page.getByText('没有这个页面').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name: '回到工作台' }).click();
    await page.getByRole('grid').waitFor();
    const other = await context.newPage();
    await openedAt(other, '/desk/cycles/7', { ...viewer.abilities, opensDesk: false });
    await other.getByText('没有权限或内容不存在').waitFor();
    expect(await other.getByRole('navigation', { name: '工作台' }).getByRole('link').count()).toBe(0);
    await context.close();
  },
  PATIENCE_MS,
);

test(
  'the account menu: by keyboard, by back, by a click elsewhere; signing out says so',
  async () => {
    const context = await desktop();
    const page = await context.newPage();
    await openedAt(page, '/desk/cycles/7');
    await page.getByRole('grid').waitFor();
    const button = page.getByRole('button', { name: '账户：周敏' });
    const panel = page.getByRole('dialog', { name: '周敏' });
    await button.press('Enter');
    await panel.waitFor();
    expect(addressOf(page)).toBe('/desk/cycles/7#me');
    expect(await axeFindings(page, ['.top', '.pop'])).toEqual([]);
    expect(await panel.getByRole('link', { name: '我的团队' }).getAttribute('href')).toBe('/team');
    expect(await panel.getByRole('link', { name: '我自己的页面' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await button.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
    await button.click();
    await panel.waitFor();
    await page.goBack();
    await panel.waitFor({ state: 'detached' });
    await button.click();
    await page.getByRole('heading', { name: '季度盘点' }).click();
    await panel.waitFor({ state: 'detached' });
    await button.click();
    await panel.getByRole('button', { name: '退出登录' }).click();
    await page.getByText('已经退出登录').waitFor();
    await context.close();
  },
  PATIENCE_MS,
);

test.each([375, 320])(
  'on a phone of %i pixels the navigation folds into a drawer',
  async (width) => {
    const context = await phone({ viewport: { width, height: 740 } });
    const page = await context.newPage();
    await openedAt(page, '/desk/cycles/7/publish');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const drawer = page.getByRole('navigation', { name: '工作台' });
    expect(await drawer.isVisible()).toBe(false);
    await page.getByRole('button', { name: '菜单' }).tap();
    await drawer.getByRole('link', { name: '季度盘点' }).waitFor();
    expect(await axeFindings(page, ['.side', '.top'])).toEqual([]);
    expect(await overflowWidth(page)).toBeLessThanOrEqual(0);
    await drawer.getByRole('link', { name: '季度盘点' }).tap();
    await page.getByRole('grid').waitFor();
    expect(await drawer.isVisible()).toBe(false);
    expect(addressOf(page)).toBe('/desk/cycles/7');
    await page.goBack();
    await page.waitForURL(/\/publish$/);
    await context.close();
  },
  PATIENCE_MS,
);
