import type { Page } from 'playwright-core';
import type { DecideRequest } from '@shigang/shared/answers';
import { desktop, phone } from '../harness/browser.ts';
import { until } from '../harness/until.ts';
import { buildMiniapp } from './fixture-server.ts';
import { opened, writes } from './opened-desk.ts';
import { axeFindings, overflowWidth } from './page-checks.ts';

/** A browser on a shared, loaded machine; a lone run takes a few seconds. */
const PATIENCE_MS = 180_000;
beforeAll(buildMiniapp, PATIENCE_MS);

const panelOf = (page: Page, name: string) => page.getByRole('complementary', { name: `${name}的盘点依据` });
const reasonOf = (page: Page) => page.getByRole('textbox', { name: /^说明/ });

describe('one person', () => {
  test(
    'confirmed by keyboard from the list: C, and the next one is there with the focus still in the list',
    async () => {
      const context = await desktop();
      const { page, desk, troubles } = await opened(context, 'review', '/desk/cycles/7?person=zhangsan');
      await panelOf(page, '张三').getByRole('button', { name: '确认，看下一位' }).waitFor();
      await page.getByRole('grid').focus();
      await page.keyboard.press('c');
      await panelOf(page, '赵敏').getByRole('button', { name: '确认，看下一位' }).waitFor();
      expect(writes(desk)).toEqual([
        { userId: 'zhangsan', tier: 'transition', targetRole: 'large_account', replaces: null },
      ]);
      expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('grid');
      await page.locator('.row', { hasText: '张三' }).getByText('已确认').waitFor();
      await page.getByText('张三：已保存').waitFor();
      expect(troubles).toEqual([]);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'another tier needs a reason: the button is renamed, nothing is sent without one',
    async () => {
      const context = await desktop();
      const { page, desk } = await opened(context, 'review', '/desk/cycles/7?person=lisi');
      await page.locator('.tiers').getByText('直接转型').click();
      const button = page.getByRole('button', { name: '改为直接转型并说明' });
      await button.click();
      expect(await page.getByRole('alert').filter({ hasText: '请写明理由' }).count()).toBe(1);
      expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
      expect(writes(desk)).toEqual([]);
      await reasonOf(page).fill('  9 月刚接手 2 个大客户  ');
      await page.getByLabel('最早哪天生效').fill('2026-12-01');
      expect(await axeFindings(page, ['.person'])).toEqual([]);
      await button.click();
      await panelOf(page, '沈悦').waitFor();
      expect(writes(desk)).toEqual([
        {
          userId: 'lisi',
          tier: 'transition',
          targetRole: 'large_account',
          effectiveOn: '2026-12-01',
          reason: '9 月刚接手 2 个大客户',
          replaces: null,
        } satisfies DecideRequest,
      ]);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'reassign always needs one, also as suggested; later has neither role nor day',
    async () => {
      const context = await desktop();
      const { page, desk } = await opened(context, 'review', '/desk/cycles/7?person=shenyue');
      await page.getByRole('button', { name: '确认，看下一位' }).click();
      expect(await page.getByRole('alert').filter({ hasText: '请写明理由' }).count()).toBe(1);
      await page.locator('.tiers').getByText('下季再定').click();
      expect(await page.getByLabel('目标岗位').count()).toBe(0);
      await reasonOf(page).fill('休假');
      await page.getByRole('button', { name: '下季再定并说明' }).click();
      await panelOf(page, '韩磊').waitFor();
      expect(writes(desk)).toEqual([{ userId: 'shenyue', tier: 'later', reason: '休假', replaces: null }]);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'decided by somebody else meanwhile: their name, the new decision, and what one wrote stays',
    async () => {
      const context = await desktop();
      const { page, desk } = await opened(context, 'review', '/desk/cycles/7?person=shenyue');
      await reasonOf(page).fill('服务客户是长处');
      const title = '王芳 刚刚已经对 沈悦 做了决定，没有改动它。请看过新的决定再定。';
      desk.refusal = { status: 409, code: 'decision.taken', title };
      desk.decisions.set('shenyue', {
        decisionId: 'theirs',
        kind: 'decided',
        tier: 'train',
        targetRole: null,
        effectiveOn: null,
        reason: '再看一季',
        decidedByName: '王芳',
        decidedAt: desk.cycle.nowAt,
      });
      await page.getByRole('button', { name: '确认，看下一位' }).click();
      await page.getByRole('alert').filter({ hasText: title }).waitFor();
      await page.getByText('理由：再看一季').waitFor();
      expect(await reasonOf(page).inputValue()).toBe('服务客户是长处');
      await page.getByRole('button', { name: '确认，看下一位' }).click();
      await panelOf(page, '韩磊').waitFor();
      expect(writes(desk).at(-1)).toMatchObject({ userId: 'shenyue', tier: 'reassign', replaces: 'theirs' });
      await context.close();
    },
    PATIENCE_MS,
  );
});

test(
  'many at once: reassign is left out and said so before and after',
  async () => {
    const context = await desktop();
    const { page, desk } = await opened(context, 'review', '/desk/cycles/7');
    await page.getByRole('checkbox', { name: '选中名单里的所有人' }).click();
    await page.getByText('已选 20 人，其中 7 人是调整岗位，要逐个打开决定，这次不会确认').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '确认建议' }).dblclick();
    await page.getByText('已确认 13 人；7 人是调整岗位，请逐个决定').waitFor();
    expect(writes(desk)).toHaveLength(1);
    await page.locator('.row', { hasText: '许强' }).click();
    await reasonOf(page).fill('服务客户是长处');
    await page.getByRole('button', { name: '确认，看下一位' }).click();
    await page.getByText('已确认 13 人；6 人是调整岗位，请逐个决定').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('状态').selectOption('undecided');
    await page.getByText('6 / 20 人').waitFor();
    await page.getByRole('grid').focus();
    await page.keyboard.press('x');
    await page.getByText('已选 1 人，选中的人都要逐个决定').waitFor();
    expect(await page.getByRole('button', { name: '确认建议' }).getAttribute('aria-disabled')).toBe('true');
    await context.close();
  },
  PATIENCE_MS,
);

test(
  'while it is computing the progress is shown, and the list comes by itself',
  async () => {
    const context = await desktop();
    const { page, desk } = await opened(context, 'computing', '/desk/cycles/7');
    desk.cycle = { ...desk.cycle, computed: 12 };
    await page.getByText('12 / 20 人').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    desk.cycle = { ...desk.cycle, state: 'review', computed: 20 };
    await page.getByRole('grid').waitFor();
    await context.close();
  },
  PATIENCE_MS,
);

test.each([1200, 1100, 960, 900])(
  'no column is cut off in a window of %i pixels, and filtering does not move the list',
  async (width) => {
    const context = await desktop({ viewport: { width, height: 800 } });
    for (const state of ['review', 'published'] as const) {
      const { page } = await opened(context, state, '/desk/cycles/7?person=sunhao');
      await page.locator('.rows .row').first().waitFor();
      const grid = await page.getByRole('grid').boundingBox();
      const cells = page.locator('.rows .row').first().locator('.decision');
      const cell = await cells.boundingBox();
      expect((cell?.x ?? 0) + (cell?.width ?? 0)).toBeLessThanOrEqual((grid?.x ?? 0) + (grid?.width ?? 0));
      expect(await page.getByRole('grid').evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
      expect(
        await page
          .locator('.rows .decision')
          .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length),
      ).toBe(0);
      await page.getByLabel('部门').selectOption({ index: 1 });
      await page.getByRole('button', { name: '清除筛选' }).waitFor();
      expect((await page.getByRole('grid').boundingBox())?.y).toBe(grid?.y);
      expect(await overflowWidth(page)).toBeLessThanOrEqual(0);
      await page.close();
    }
    await context.close();
  },
  PATIENCE_MS,
);

describe('what came back', () => {
  test(
    'is counted, filtered, and kept in the present post with one click',
    async () => {
      const context = await desktop();
      const { page, desk } = await opened(context, 'published', '/desk/cycles/7');
      await page.getByText('汇总卡没有送到：陈立。').waitFor();
      await page.getByRole('button', { name: /7\s*退回 HR/ }).click();
      await page.getByText('7 / 20 人').waitFor();
      expect(new URL(page.url()).searchParams.get('state')).toBe('returned');
      await page.locator('.row', { hasText: '许强' }).click();
      const panel = panelOf(page, '许强');
      await panel.getByText('退回原因：本人想先聊聊').waitFor();
      await panel.getByText('还差：本人同意或书面依据').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await panel.getByRole('button', { name: '保持现岗' }).click();
      await page.getByText('6 / 20 人').waitFor();
      expect(writes(desk)).toEqual([{ decisionId: 'd-xuqiang', action: 'keep' }]);
      // Gone from the filtered list, still open: a second click must not meet somebody else's button.
      await page.waitForTimeout(500);
      expect(new URL(page.url()).searchParams.get('person')).toBe('xuqiang');
      expect(await panel.count()).toBe(1);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'goes on with a written ground of ten characters, or is offered again as a new decision',
    async () => {
      const context = await desktop();
      const { page, desk } = await opened(context, 'published', '/desk/cycles/7?person=xuqiang');
      const panel = panelOf(page, '许强');
      await panel.getByRole('button', { name: '写明依据继续' }).click();
      const ground = panel.getByRole('textbox', { name: /^依据/ });
      await ground.fill('太短');
      await panel.getByRole('button', { name: '按这个依据继续' }).click();
      await panel.getByText('至少 10 个字，现在是 2 个。').waitFor();
      expect(writes(desk)).toEqual([]);
      await panel.getByRole('button', { name: '再提一次' }).click();
      await panel.getByLabel('目标岗位').selectOption('large_account');
      await reasonOf(page).fill('本人愿意试试');
      await panel.getByRole('button', { name: '重新发给本人' }).click();
      await until('the request', () => Promise.resolve(writes(desk).length > 0 || undefined));
      expect(writes(desk)).toEqual([
        {
          userId: 'xuqiang',
          tier: 'reassign',
          targetRole: 'large_account',
          reason: '本人愿意试试',
          replaces: 'd-xuqiang',
        },
      ]);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'is offered again unchanged, by its button alone: C in the list sends nothing',
    async () => {
      const context = await desktop();
      const { page, desk } = await opened(context, 'published', '/desk/cycles/7?person=xuqiang');
      const panel = panelOf(page, '许强');
      await panel.getByRole('button', { name: '再提一次' }).click();
      await panel.getByLabel('目标岗位').waitFor();
      await page.getByRole('grid').focus();
      await page.keyboard.press('c');
      expect(writes(desk)).toEqual([]);
      await panel.getByRole('button', { name: '重新发给本人' }).click();
      await panel.getByLabel('目标岗位').waitFor({ state: 'detached' });
      expect(writes(desk)).toEqual([
        {
          userId: 'xuqiang',
          tier: 'reassign',
          targetRole: 'sales_support',
          reason: '服务客户是长处',
          replaces: 'd-xuqiang',
        },
      ]);
      await context.close();
    },
    PATIENCE_MS,
  );

  test(
    'a notice that did not arrive goes out in other words',
    async () => {
      const context = await desktop();
      const { page, desk } = await opened(context, 'published', '/desk/cycles/7?person=sunhao');
      await page.getByText('钉钉没有投递').waitFor();
      await page.getByRole('button', { name: '换句话再发' }).click();
      await until('the request', () => Promise.resolve(writes(desk).length > 0 || undefined));
      expect(writes(desk)).toEqual([{ noticeId: 'n1' }]);
      await context.close();
    },
    PATIENCE_MS,
  );
});

test(
  'the evidence file: in order, on light paper in the dark theme, nothing but the paper in print',
  async () => {
    const context = await desktop({ colorScheme: 'dark' });
    const { page, troubles } = await opened(context, 'published', '/desk/cycles/7/people/xuqiang/file');
    await page.getByRole('heading', { name: '二、经过' }).waitFor();
    expect(await page.locator('.paper').innerText()).toContain('8d41c07e5b92f3a6');
    expect(await page.locator('.course li').count()).toBe(4);
    expect(await axeFindings(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false);
    expect(troubles).toEqual([]);
    await context.close();
  },
  PATIENCE_MS,
);

test(
  'on a phone of 320 pixels: list, person, decision, preview and file fit; the buttons stack',
  async () => {
    const context = await phone({ viewport: { width: 320, height: 640 } });
    const { page, desk } = await opened(context, 'review', '/desk/cycles/7');
    await page.locator('.rows .row').nth(1).tap();
    const panel = panelOf(page, '张三');
    await panel.getByRole('button', { name: '确认，看下一位' }).waitFor();
    expect(await overflowWidth(page)).toBeLessThanOrEqual(0);
    const tops = await panel
      .locator('.tiers label')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(new Set(tops).size).toBe(4);
    await panel.getByRole('button', { name: '确认，看下一位' }).tap();
    await panelOf(page, '赵敏').waitFor();
    expect(writes(desk)).toHaveLength(1);
    for (const path of ['publish', 'people/xuqiang/file']) {
      await page.goto(`${new URL(page.url()).origin}/desk/cycles/7/${path}`);
      await page.locator('h1').waitFor();
      expect(await overflowWidth(page)).toBeLessThanOrEqual(0);
    }
    await context.close();
  },
  PATIENCE_MS,
);
