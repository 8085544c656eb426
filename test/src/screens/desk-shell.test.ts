import type { Page } from 'playwright-core';
import { desktop, phone } from '../harness/browser.ts';
import { afterSuite } from '../harness/servers.ts';
import { cycle, someJobRuns } from './fixture-desk.ts';
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
    if (kind === 'job-runs') return null;
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

describe('long work', () => {
  /** The same desk with runs of the fixture; `cancel` ends the first. */
  async function withRuns(page: Page, path: string, state: { runs: typeof someJobRuns }): Promise<string[]> {
    const posts: string[] = [];
    const api = ({ method, path: asked }: Asked): Answered | null => {
      if (!asked.startsWith('/job-runs')) return null;
      if (method === 'POST') {
        posts.push(asked);
        state.runs = state.runs.map((run, at) =>
          at === 0
            ? { ...run, state: 'cancelled', mayCancel: false, finishedAt: '2026-10-12T09:41:00+08:00' }
            : run,
        );
        return { status: 200, body: { ...state.runs[0], outcome: null, errorCode: null } };
      }
      return { status: 200, body: { runs: state.runs } };
    };
    const server = await startFixtureServer({ isSignedIn: true, api });
    afterSuite(() => server.close());
    await page.goto(server.origin + path);
    return posts;
  }

  test(
    'is one pill with a panel; stopping says first what stays',
    async () => {
      const context = await desktop();
      const page = await context.newPage();
      const posts = await withRuns(page, '/desk/cycles/7', { runs: someJobRuns });
      const pill = page.getByRole('button', { name: '导入 跨部门协作.xlsx 61% 另有 1 个' });
      await pill.click();
      const panel = page.getByRole('dialog', { name: '任务' });
      await panel.getByText('1,446 / 2,333 行').waitFor();
      expect(await panel.locator('li strong').allInnerTexts()).toEqual(someJobRuns.map(({ title }) => title));
      expect(await panel.getByRole('button', { name: '取消', exact: true }).count()).toBe(1);
      await panel.getByRole('button', { name: '取消', exact: true }).click();
      await panel.getByText('取消后，已经写好的留着').waitFor();
      expect(posts).toEqual([]);
      expect(await axeFindings(page, ['.top'])).toEqual([]);
      await panel.getByRole('button', { name: '取消任务' }).click();
      await panel.getByText('已取消').waitFor();
      expect(posts).toEqual(['/job-runs/r1/cancel']);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'has a page of its own; quarter and role go along, and without work there is no pill',
    async () => {
      const context = await phone({ viewport: { width: 320, height: 640 } });
      const page = await context.newPage();
      await withRuns(page, '/desk/cycles/3', { runs: someJobRuns.slice(2) });
      await page.getByRole('grid').waitFor();
      expect(await page.locator('.jobs-pill').count()).toBe(0);
      await page.getByRole('button', { name: '菜单' }).tap();
      await page.getByRole('navigation', { name: '工作台' }).getByRole('link', { name: '任务' }).tap();
      await page.getByRole('heading', { name: '任务', level: 1 }).waitFor();
      expect(addressOf(page)).toBe('/desk/jobs?period=2026Q2&role=large_account');
      expect(await page.getByLabel('期间').inputValue()).toBe('2026Q2');
      await page.getByText('写入 2,070 条').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(await overflowWidth(page)).toBeLessThanOrEqual(0);
      await context.close();
    },
    PATIENCE_MS,
  );
});
