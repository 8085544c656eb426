import type { BrowserContext, Page } from 'playwright-core';
import type { DevelopmentAnswer } from '@shigang/shared/answers';
import type { PageInput } from '../../../miniapp/src/staff/pages.ts';
import { phone } from '../harness/browser.ts';
import { afterSuite } from '../harness/servers.ts';
import { until } from '../harness/until.ts';
import * as fixtures from './fixture-development.ts';
import {
  buildMiniapp,
  loadRenderer,
  startFixtureServer,
  type Answered,
  type Asked,
  type FixtureServer,
} from './fixture-server.ts';
import {
  axeFindings,
  layoutShift,
  overflowWidth,
  recordShifts,
  rootHtml,
  taken,
  watch,
} from './page-checks.ts';

/** A browser on a shared, loaded machine; a lone run takes a few seconds. */
const PATIENCE_MS = 180_000;
const pageOf = (answer: DevelopmentAnswer): PageInput => ({ page: 'development', answer });
const pages: Record<string, PageInput> = {
  '/answered': pageOf(fixtures.developmentAnswered),
  '/over': pageOf(fixtures.developmentOver),
  '/train': pageOf(fixtures.developmentTrain),
  '/nothing': pageOf(fixtures.developmentEmpty),
  '/team-empty': { page: 'team', answer: fixtures.teamEmpty },
};
const PATHS = ['/development', '/answered', '/over', '/train', '/nothing', '/team', '/team-empty'];
const DARK_TOO = new Set(['/development', '/answered', '/train', '/team']);

let server: FixtureServer;
/** What POST /me/replies got, and how it is answered. */
const asked: Asked[] = [];
let respond: (asked: Asked) => Answered | null;

beforeAll(async () => {
  buildMiniapp();
  server = await startFixtureServer({
    isSignedIn: true,
    pages,
    api: (one) => {
      asked.push(one);
      return respond(one);
    },
  });
  afterSuite(() => server.close());
}, PATIENCE_MS);

/** As the real endpoints: the first reply counts, afterwards the page's data has it. */
const taking: typeof respond = ({ method }) =>
  method === 'POST'
    ? {
        status: 200,
        body: { answer: 'agree', repliedAt: '2026-10-12T09:45:00+08:00', status: 'created' },
      }
    : { status: 200, body: fixtures.developmentAnswered };

beforeEach(() => {
  asked.length = 0;
  respond = taking;
});

async function opened(context: BrowserContext, path = '/development'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.origin + path);
  await taken(page);
  return page;
}
const send = (page: Page): Promise<void> => page.getByRole('button', { name: '发送回复' }).click();

describe.each(PATHS)('%s', (path) => {
  test(
    'shows without a shift, without trouble, and passes axe',
    async () => {
      const themes = DARK_TOO.has(path) ? (['light', 'dark'] as const) : (['light'] as const);
      for (const colorScheme of themes) {
        const context = await phone({ colorScheme, reducedMotion: 'reduce' });
        await recordShifts(context);
        const page = await context.newPage();
        const troubles = watch(page);
        await page.goto(server.origin + path);
        await taken(page);
        expect(await layoutShift(page)).toBeLessThanOrEqual(0.001);
        expect(await axeFindings(page)).toEqual([]);
        expect(troubles).toEqual([]);
        await context.close();
      }
    },
    PATIENCE_MS,
  );

  test(
    'fits 320 pixels, and scripts change nothing of the server’s HTML',
    async () => {
      const viewport = { width: 320, height: 640 };
      const narrow = await phone({ viewport });
      const page = await opened(narrow, path);
      expect(await overflowWidth(page)).toBeLessThanOrEqual(0);
      const html = await rootHtml(page);
      await narrow.close();
      const plain = await phone({ javaScriptEnabled: false, viewport });
      const still = await plain.newPage();
      await still.goto(server.origin + path);
      expect(html).toBe(await rootHtml(still));
      await plain.close();
    },
    PATIENCE_MS,
  );
});

describe('the server’s HTML', () => {
  const render = (input: PageInput): string => loadRenderer().document(input);

  test('holds headline, reasons, next step, the exact text, the deadline and the course before any script', () => {
    const open = render(pageOf(fixtures.development));
    const consent = fixtures.development.notice?.reply?.consentText ?? 'missing';
    for (const text of [
      '你可以接大客户了',
      '客户满意度 9.2 分',
      '10月19日前 · 还有 5 个工作日',
      consent,
      '双方同意后',
    ])
      expect(open).toContain(text);
    expect(open).toMatch(/<li class="current" aria-current="step">/);
    const train = render(pageOf(fixtures.developmentTrain));
    expect(train).toContain('大客户资源协调');
    expect(train).not.toContain('发送回复');
  });

  test('has no style attributes and no handlers; only an open reply carries its data', () => {
    const { developmentAnswered, development, team } = fixtures;
    const inputs = [
      pageOf(development),
      pageOf(developmentAnswered),
      { page: 'team', answer: team } as const,
    ];
    for (const input of inputs) expect(render(input)).not.toMatch(/<[^>]+ (style|on[a-z]+)=/);
    expect(inputs.map((input) => render(input).includes('id="data"'))).toEqual([true, false, false]);
  });

  test('after the deadline there is a record and no form; silence is not called consent', () => {
    const over = render(pageOf(fixtures.developmentOver));
    expect(over).toContain('回复期到 10月19日为止，没有收到回复');
    expect(over).toContain('没有回复不算同意');
    expect(over).not.toContain('<textarea');
  });

  test('without a notice it says when something will be here', () => {
    expect(render(pageOf(fixtures.developmentEmpty))).toContain('每个季度的盘点发布后');
  });

  test('a manager reads approvals and tiers, nothing of money', () => {
    const html = render({ page: 'team', answer: fixtures.team });
    for (const text of [
      '等你审批',
      '本人还没有回复，10月19日前',
      '本人：我愿意',
      '等本人同意后再发起审批',
      '双方已同意，11月1日起生效',
    ])
      expect(html).toContain(text);
    expect(html).not.toContain('¥');
  });
});

describe('a reply', () => {
  test(
    'is sent once, also by two clicks, with the hash of the text on the screen; the form becomes a record in place',
    async () => {
      let isReleased: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (isReleased = resolve));
      const slow = await startFixtureServer({
        isSignedIn: true,
        api: async (one) => {
          asked.push(one);
          if (one.method === 'POST') await released;
          return taking(one);
        },
      });
      afterSuite(() => slow.close());
      const context = await phone();
      const page = await context.newPage();
      const troubles = watch(page);
      await page.goto(`${slow.origin}/development`);
      await taken(page);
      await page.getByText('我愿意', { exact: true }).click();
      await page.getByRole('textbox').fill(' 希望和王老师一起跑恒远医疗 ');
      await page.getByRole('button', { name: '发送回复' }).dblclick();
      await page.getByRole('button', { name: '正在发送' }).click({ force: true });
      isReleased();
      await page.getByText('今天 09:45回复').waitFor();
      expect(asked.filter(({ method }) => method === 'POST')).toEqual([
        {
          method: 'POST',
          path: '/me/replies',
          body: {
            decisionId: fixtures.development.notice?.decisionId,
            answer: 'agree',
            consentHash: 'a'.repeat(64),
            text: '希望和王老师一起跑恒远医疗',
          },
        },
      ]);
      expect(slow.requests.filter((one) => one === 'GET /development')).toHaveLength(1);
      expect(await page.locator('textarea').count()).toBe(0);
      expect(await page.locator('[aria-current=step]').innerText()).toContain('等陈立审批');
      expect(await page.evaluate('document.activeElement.id')).toBe('reply');
      expect(await axeFindings(page)).toEqual([]);
      expect(troubles).toEqual([]);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'by keyboard alone: nothing chosen says so, arrows choose, the button sends',
    async () => {
      const context = await phone();
      const page = await opened(context);
      await page.getByRole('button', { name: '发送回复' }).press('Enter');
      expect(await page.getByRole('alert').innerText()).toBe('请先选一项，再发送。');
      expect(await page.evaluate('document.activeElement.value')).toBe('agree');
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate('document.activeElement.value')).toBe('talk');
      await page.getByRole('button', { name: '发送回复' }).press('Enter');
      await page.getByText('今天 09:45回复').waitFor();
      expect(asked[0]?.body).toMatchObject({ answer: 'talk' });
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'without a network nothing is lost: a sentence, and the draft is there after a reload',
    async () => {
      const context = await phone();
      const page = await opened(context);
      await page.route('**/api/v1/me/replies', (route) => route.abort());
      await page.getByText('想先聊聊', { exact: true }).click();
      await page.getByRole('textbox').fill('想知道收入怎么算');
      await send(page);
      await until('the sentence', async () => (await page.getByRole('alert').innerText()) || undefined);
      expect(await page.getByRole('alert').innerText()).toContain('没有网络，回复还没有送出');
      await page.reload();
      await taken(page);
      expect(await page.getByRole('textbox').inputValue()).toBe('想知道收入怎么算');
      expect(await page.getByRole('radio', { name: '想先聊聊' }).isChecked()).toBe(true);
      await page.unroute('**/api/v1/me/replies');
      await send(page);
      await page.getByText('今天 09:45回复').waitFor();
      expect(await page.evaluate('localStorage.length')).toBe(0);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'refused says the server’s sentence; a stale page shows what stands now',
    async () => {
      const title = '你已经回复过“我愿意”。想法变了请直接找 HR。';
      respond = ({ method }) =>
        method === 'POST'
          ? { status: 409, body: { type: 'about:blank', title, status: 409, code: 'reply.other_answer' } }
          : { status: 200, body: fixtures.developmentAnswered };
      const context = await phone();
      const page = await opened(context);
      await page.getByText('暂不调整', { exact: true }).click();
      await send(page);
      await page.getByText('今天 09:45回复').waitFor();
      expect(await page.getByRole('alert').innerText()).toBe(title);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'longer than 500 characters is not sent',
    async () => {
      const context = await phone();
      const page = await opened(context);
      await page.getByText('我愿意', { exact: true }).click();
      await page.getByRole('textbox').fill('长'.repeat(501));
      await send(page);
      expect(await page.getByRole('alert').innerText()).toBe('补充说明最多 500 个字，现在是 501 个。');
      expect(asked).toEqual([]);
      await context.close();
    },
    PATIENCE_MS,
  );
});

test(
  'from the home one reaches the reply: to-do and next step lead there',
  async () => {
    const context = await phone();
    const page = await opened(context, '/');
    expect(await page.getByRole('link', { name: /回复转岗建议/ }).innerText()).toContain(
      '10月19日前 · 还有 5 个工作日',
    );
    await page.getByRole('link', { name: /下一步.*说说你对转岗的想法/ }).click();
    await page.getByRole('button', { name: '发送回复' }).waitFor();
    await context.close();
  },
  PATIENCE_MS,
);
