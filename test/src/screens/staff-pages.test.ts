import type { Page } from 'playwright-core';
import type { PageInput } from '../../../miniapp/src/staff/pages.ts';
import { phone } from '../harness/browser.ts';
import { afterSuite } from '../harness/servers.ts';
import { until } from '../harness/until.ts';
import {
  addBridge,
  axeFindings,
  DINGTALK_ANDROID,
  layoutShift,
  overflowWidth,
  recordShifts,
  rootHtml,
  taken,
  watch,
} from './page-checks.ts';
import {
  buildMiniapp,
  loadRenderer,
  readManifest,
  startFixtureServer,
  type FixtureServer,
} from './fixture-server.ts';
import * as fixtures from './fixtures.ts';

/** A browser on a shared, loaded machine; a lone run takes a few seconds. */
const PATIENCE_MS = 180_000;
const RENEWAL = 'zhangsan/2026Q3/sales/renewal/renewal/XY-2026-0187/0';
const LINE_PAGE = `/statement/lines/${encodeURIComponent(RENEWAL)}?period=2026Q3`;
const pages: Record<string, PageInput> = {
  '/before': { page: 'home', answer: fixtures.homeBeforePublication },
  '/empty': { page: 'home', answer: fixtures.homeEmpty },
  '/match-before': { page: 'match', answer: fixtures.matchBeforePublication },
};
const DARK_TOO = new Set(['/', LINE_PAGE, '/match']);
const PATHS = [
  '/',
  '/statement',
  LINE_PAGE,
  '/match',
  '/match/satisfaction_avg?period=2026Q3',
  '/before',
  '/empty',
  '/match-before',
  '/nowhere',
];

let signedIn: FixtureServer;
let firstVisit: FixtureServer;

beforeAll(async () => {
  buildMiniapp();
  signedIn = await startFixtureServer({ isSignedIn: true, pages });
  firstVisit = await startFixtureServer({ isSignedIn: false });
  afterSuite(() => signedIn.close());
  afterSuite(() => firstVisit.close());
}, PATIENCE_MS);

describe('the server’s HTML', () => {
  const render = (input: PageInput): string => loadRenderer().document(input);

  test('holds the figures before any script', () => {
    const html = render({ page: 'home', answer: fixtures.home });
    for (const text of ['¥9,300.00', '+¥7,800.00', '85.20', '你可以接大客户了', '9.2 分', '看依据'])
      expect(html).toContain(text);
  });

  test('has no style attributes and no handlers, so that the policy can be strict', () => {
    const inputs: PageInput[] = [
      { page: 'home', answer: fixtures.home },
      { page: 'statement', answer: fixtures.statement, lineId: RENEWAL },
      { page: 'match', answer: fixtures.match },
      { page: 'evidence', answer: fixtures.evidence },
    ];
    for (const input of inputs) expect(render(input)).not.toMatch(/<[^>]+ (style|on[a-z]+)=/);
    expect(loadRenderer().contentSecurityPolicy).not.toContain('unsafe');
  });

  test('escapes what people typed, in mark-up and in the data of the statement', () => {
    const name = '</script><img src=x onerror=alert(1)>';
    const home = render({
      page: 'home',
      answer: { ...fixtures.home, viewer: { ...fixtures.home.viewer, name } },
    });
    expect(home).not.toContain('<img');
    const statement = render({
      page: 'statement',
      lineId: null,
      answer: { ...fixtures.statement, viewer: { ...fixtures.statement.viewer, name } },
    });
    expect(statement).toContain('\\u003c/script>');
    expect(statement).not.toContain('</script><img');
  });

  test('says nothing of score, tier or points before publication', () => {
    const before = render(pages['/before'] as PageInput) + render(pages['/match-before'] as PageInput);
    for (const text of ['85.20', '直接转型', '你可以接大客户了', '13.12', '12.00 /', '最见效'])
      expect(before).not.toContain(text);
    expect(before).toContain('盘点还没有发布');
    expect(before).toContain('9.2 分');
  });

  test('leaves out what would mislead: a running quarter’s change, promises to people without a sales role', () => {
    const running = render({ page: 'home', answer: fixtures.homeRunning });
    expect(running).toContain('比原方案');
    expect(running).not.toContain('比上季度');
    const manager = render({ page: 'home', answer: fixtures.homeOfManager });
    expect(manager).toContain('你现在不在销售岗位');
    expect(manager).not.toContain('激励明细');
  });

  test('says when a quarter has nothing yet', () => {
    expect(render(pages['/empty'] as PageInput)).toContain('这个季度还没有激励明细');
  });
});

test('scripts stay within their budgets', () => {
  const { entries, screens, files } = readManifest();
  const gzip = (names: string[]): number =>
    [...new Set(names)].reduce((sum, name) => sum + (files[name]?.gzip ?? Infinity), 0);
  const bridge = entries.login.filter((name) => name.includes('bridge'));
  expect(gzip(entries.login)).toBeLessThanOrEqual(16 * 1024);
  expect(gzip([...entries.login, ...entries.staff])).toBeLessThanOrEqual(20 * 1024);
  expect(gzip(screens['entries/statement'] ?? ['']) / 1024).toBeLessThanOrEqual(4.6);
  expect(bridge).toHaveLength(1);
});

describe.each(PATHS)('%s', (path) => {
  async function opened(page: Page): Promise<void> {
    await page.goto(signedIn.origin + path);
    await taken(page);
  }

  test(
    'shows without a shift, without trouble, and passes axe',
    async () => {
      // Figures, charts and chips stand on the first four; the others add nothing of their own in the dark.
      const themes = DARK_TOO.has(path) ? (['light', 'dark'] as const) : (['light'] as const);
      for (const colorScheme of themes) {
        const context = await phone({ colorScheme, reducedMotion: 'reduce' });
        await recordShifts(context);
        const page = await context.newPage();
        const troubles = watch(page);
        await opened(page);
        expect(await layoutShift(page)).toBeLessThanOrEqual(0.001);
        expect(await axeFindings(page)).toEqual([]);
        // The status of the page that does not exist is itself a console message.
        expect(troubles.filter((text) => !text.includes('404'))).toEqual([]);
        await context.close();
      }
    },
    PATIENCE_MS,
  );

  test(
    'fits 320 pixels, and scripts change nothing of the server’s HTML',
    async () => {
      const narrow = await phone({ viewport: { width: 320, height: 640 } });
      const page = await narrow.newPage();
      await opened(page);
      expect(await overflowWidth(page)).toBeLessThanOrEqual(0);
      const taken = await rootHtml(page);
      await narrow.close();
      const plain = await phone({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
      const still = await plain.newPage();
      await still.goto(signedIn.origin + path);
      expect(taken).toBe(await rootHtml(still));
      await plain.close();
    },
    PATIENCE_MS,
  );
});

test(
  'the quarter’s menu is as large half read as read: a slow phone paints what has come',
  async () => {
    const context = await phone({ javaScriptEnabled: false });
    const page = await context.newPage();
    const address = `${signedIn.origin}/match`;
    const html = await (await fetch(address)).text();
    const boxAfter = async (end: number): Promise<unknown> => {
      await page.route(address, (route) =>
        route.fulfill({ contentType: 'text/html; charset=utf-8', body: html.slice(0, end) }),
      );
      await page.goto(address);
      await page.unroute(address);
      return page.locator('.menu').boundingBox();
    };
    const whole = await boxAfter(html.length);
    const menu = html.indexOf('<details class="menu">');
    for (const piece of ['<details class="menu">', '<summary', '</span>', '</summary>', '</a>']) {
      const at = html.indexOf(piece, menu);
      expect(at).toBeGreaterThan(-1);
      expect([piece, await boxAfter(html.indexOf('>', at) + 1)]).toEqual([piece, whole]);
    }
    await context.close();
  },
  PATIENCE_MS,
);

test('with a session the figures take one request and no script', async () => {
  const context = await phone({ javaScriptEnabled: false });
  const page = await context.newPage();
  signedIn.requests.length = 0;
  await page.goto(signedIn.origin);
  expect(await page.locator('.amount').innerText()).toBe('¥9,300.00');
  expect(signedIn.requests).toEqual(['GET /']);
  await context.close();
});

describe('a line’s sheet', () => {
  test(
    'opens in place with an address of its own, keeps the focus, and gives it back',
    async () => {
      const context = await phone();
      const page = await context.newPage();
      await page.goto(`${signedIn.origin}/statement`);
      await taken(page);
      const line = page.getByRole('link', { name: /恒远医疗 · 续约 2 年/ });
      signedIn.requests.length = 0;
      await line.press('Enter');
      const sheet = page.getByRole('dialog', { name: '续约提成' });
      await sheet.waitFor();
      expect(decodeURIComponent(new URL(page.url()).pathname)).toBe(`/statement/lines/${RENEWAL}`);
      expect(await sheet.innerText()).toContain('150,000.00 元 × 0.5% × 2 年 = 1,500.00 元');
      expect(await sheet.innerText()).toContain('续约 XY-2026-0187');
      expect(await sheet.innerText()).toContain('销售激励方案 V2');
      for (const key of ['Tab', 'Tab', 'Shift+Tab']) {
        await page.keyboard.press(key);
        expect(await page.evaluate('document.activeElement.closest(".sheet") !== null')).toBe(true);
      }
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });
      expect(new URL(page.url()).pathname).toBe('/statement');
      expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe(
        await line.getAttribute('href'),
      );
      expect(signedIn.requests).toEqual([]);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'closes by going back',
    async () => {
      const context = await phone();
      const page = await context.newPage();
      await page.goto(`${signedIn.origin}/statement`);
      await taken(page);
      await page.getByRole('link', { name: /恒远医疗 · 年度服务合同/ }).click();
      await page.getByRole('dialog').waitFor();
      await page.goBack();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(new URL(page.url()).pathname).toBe('/statement');
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'is readable and can be closed without scripts',
    async () => {
      const context = await phone({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(signedIn.origin + LINE_PAGE);
      expect(await page.getByRole('dialog').innerText()).toContain('¥1,500.00');
      await page.getByRole('link', { name: '关闭' }).click();
      expect(new URL(page.url()).pathname).toBe('/statement');
      await context.close();
    },
    PATIENCE_MS,
  );
});

test(
  'from the home one reaches the records: home → score → indicator',
  async () => {
    const context = await phone();
    const page = await context.newPage();
    await page.goto(signedIn.origin);
    await page.getByRole('link', { name: '看依据' }).click();
    expect(await page.locator('main').innerText()).toContain('客户洞察 34.12 分');
    await page.getByRole('link', { name: /客户满意度/ }).click();
    expect(await page.locator('main').innerText()).toContain('共 23 条');
    expect(await page.locator('.record').count()).toBe(23);
    await context.close();
  },
  PATIENCE_MS,
);

describe('a first visit', () => {
  test(
    'signs in through the bridge with one POST that brings the page',
    async () => {
      const context = await phone({ userAgent: DINGTALK_ANDROID });
      await addBridge(context, 'code-1');
      const page = await context.newPage();
      const troubles = watch(page);
      firstVisit.requests.length = 0;
      firstVisit.signIns.length = 0;
      await page.goto(firstVisit.origin);
      await page.locator('.amount').waitFor();
      const files = readManifest().entries.login.map((file) => `GET /${file}`);
      const beforeAmount = firstVisit.requests.slice(0, 2 + files.length);
      expect([...beforeAmount].sort()).toEqual(['GET /', 'POST /api/v1/session', ...files].sort());
      expect(firstVisit.signIns).toEqual([
        { body: JSON.stringify({ corpId: 'dingfixture', authCode: 'code-1' }), page: '/' },
      ]);
      await taken(page);
      const isSet = 'calls.some((call) => call.action === "setTitle") || undefined';
      await until('the title', () => page.evaluate<true | undefined>(isSet));
      expect(await page.evaluate('calls')).toContainEqual({
        service: 'biz.navigation',
        action: 'setTitle',
        params: { title: '适岗' },
      });
      expect(troubles).toEqual([]);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'takes the statement over as well',
    async () => {
      const context = await phone({ userAgent: DINGTALK_ANDROID });
      await addBridge(context, 'code-2');
      const page = await context.newPage();
      await page.goto(`${firstVisit.origin}/statement?period=2026Q3`);
      await page.locator('#root[data-ready]').waitFor({ state: 'attached' });
      await page.getByRole('link', { name: /恒远医疗 · 年度服务合同/ }).click();
      expect(await page.getByRole('dialog').innerText()).toContain('¥1,200.00');
      expect(firstVisit.signIns.at(-1)?.page).toBe('/statement?period=2026Q3');
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'outside DingTalk says where to open it, and passes axe',
    async () => {
      const context = await phone();
      const page = await context.newPage();
      await page.goto(firstVisit.origin);
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').innerText()).toContain('请在钉钉里打开');
      expect(await axeFindings(page)).toEqual([]);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'does not wait for ever for a client that stays silent',
    async () => {
      const context = await phone({ userAgent: DINGTALK_ANDROID });
      const page = await context.newPage();
      await page.clock.install();
      await page.goto(firstVisit.origin);
      await page.waitForTimeout(500);
      await page.clock.runFor(20_000);
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('alert').innerText()).toContain('钉钉没有回应');
      await context.close();
    },
    PATIENCE_MS,
  );
});

test(
  'without a network the last figures stay, marked with their time',
  async () => {
    const server = await startFixtureServer({ isSignedIn: true });
    const context = await phone();
    const page = await context.newPage();
    await page.goto(server.origin);
    await taken(page);
    await page.evaluate('navigator.serviceWorker.ready');
    await page.reload();
    await taken(page);
    await server.close();
    await page.reload();
    expect(await page.locator('.amount').innerText()).toBe('¥9,300.00');
    expect(await page.getByRole('status').innerText()).toBe('没有网络，下面是2026年10月12日 09:30的数据');
    await context.close();
  },
  PATIENCE_MS,
);
