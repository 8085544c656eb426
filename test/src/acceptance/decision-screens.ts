import type { FrameLocator, Page } from 'playwright-core';
import type { PublishPreview } from '@shigang/shared/answers';
import { desktop, phone } from '../harness/browser.ts';
import type { TestHouse } from '../harness/processes/house.ts';
import { openedAs } from '../harness/processes/simulator-control.ts';
import { until } from '../harness/until.ts';

/* The decision as people meet it, in Chromium through the simulator's fake client: HR's desk, phone, console. */

/** A loaded machine; a lone run takes a few seconds. */
const PATIENCE_MS = 60_000;
const HR = 'hr01';

/** A page of the desk in a desktop window, as HR; closed afterwards. */
async function atDesk(house: TestHouse, path: string, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await desktop();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(await openedAs(house, HR, house.appUrl + path));
  await work(page);
  await context.close();
}

/** The simulator's console with this person chosen; closed afterwards. */
async function inConsole(
  house: TestHouse,
  userId: string,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await desktop();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${house.simulator.consoleUrl}#${userId}`);
  await work(page);
  await context.close();
}

interface Bulk {
  readonly cycleId: string;
  readonly confirmed: number;
  readonly left: number;
}

/** Everybody chosen, every suggestion but `reassign` confirmed. */
export const confirmInBulk = (house: TestHouse, { cycleId, confirmed, left }: Bulk): Promise<void> =>
  atDesk(house, `/desk/cycles/${cycleId}`, async (page) => {
    await page.locator('.rows .row').first().waitFor();
    await page.getByRole('checkbox', { name: '选中名单里的所有人' }).click();
    await page.getByText(`其中 ${left} 人是调整岗位`).waitFor();
    await page.getByRole('button', { name: '确认建议' }).click();
    await page.getByText(`已确认 ${confirmed} 人；${left} 人是调整岗位，请逐个决定`).waitFor();
  });

interface OnScreen {
  readonly cycleId: string;
  readonly decisions: readonly { readonly name: string; readonly reason: string }[];
}

/** Each of these people opened, offered sales support, with the reason; without one the screen says so. */
export const decideOnScreen = (house: TestHouse, { cycleId, decisions }: OnScreen): Promise<void> =>
  atDesk(house, `/desk/cycles/${cycleId}`, async (page) => {
    for (const { name, reason } of decisions) {
      await page.locator('.rows .row', { hasText: name }).click();
      const panel = page.getByRole('complementary', { name: `${name}的盘点依据` });
      await panel.getByLabel('目标岗位').selectOption('sales_support');
      const confirm = panel.getByRole('button', { name: '确认，看下一位' });
      await confirm.click();
      await panel.getByRole('alert').filter({ hasText: '请写明理由，它会写进依据档案。' }).waitFor();
      await panel.getByRole('textbox', { name: /^说明/ }).fill(reason);
      await confirm.click();
      await page
        .locator('.rows .row', { hasText: name })
        .getByText(/已确认|已改判/)
        .waitFor();
    }
  });

interface Publishing {
  readonly cycleId: string;
  readonly preview: PublishPreview;
}

/** From the board to the preview, which says what the endpoint says, and the button. */
export const publishByButton = (house: TestHouse, { cycleId, preview }: Publishing): Promise<void> =>
  atDesk(house, `/desk/cycles/${cycleId}`, async (page) => {
    await page.getByRole('link', { name: '预览发布内容' }).click();
    const button = page.getByRole('button', { name: `发布给 ${preview.people} 人` });
    await button.waitFor();
    expect(await page.locator('.sends tfoot').first().innerText()).toMatch(
      /20 \+ 4 张\s+5 件，另 3 件等回复\s+8 份/,
    );
    const shown = await page.locator('main').innerText();
    for (const { title } of preview.samples) expect(shown).toContain(title);
    for (const { name, count } of preview.approvers) expect(shown).toContain(`${name} ${count} 件`);
    await page.getByText('逐人看').click();
    expect(await page.locator('.recipients tbody tr').count()).toBe(preview.people);
    // Twice by an impatient hand: the books have to show one publication.
    await button.dblclick();
    await page.getByRole('heading', { name: '已发布' }).waitFor();
    await page
      .getByText(`通知：${preview.people} / ${preview.people} 张已送达`)
      .waitFor({ timeout: 180_000 });
  });

interface InFrame {
  readonly userId: string;
  readonly answer: string;
  readonly headline: string;
}

/** The person's chat, the card's button, and in the phone frame the notice with its reply. */
export const replyInPhoneFrame = (house: TestHouse, { userId, answer, headline }: InFrame): Promise<void> =>
  inConsole(house, userId, async (page) => {
    await page.locator('article.card', { hasText: headline }).last().locator('.act button').click();
    const app: FrameLocator = page.frameLocator('iframe');
    await app.getByRole('heading', { name: headline }).waitFor();
    // By keyboard: the frame may be scaled down to the window, where a driver's pointer misses.
    await app.getByRole('radio', { name: answer }).press('Space');
    const said = app.locator('.said', { hasText: answer });
    // The page is there before its script: until then the button does nothing.
    await until('the reply', async () => {
      const button = app.getByRole('button', { name: '发送回复' });
      if (await button.isVisible()) await button.press('Enter', { timeout: 1_000 }).catch(() => undefined);
      return (await said.isVisible()) ? true : undefined;
    });
  });

interface Answer {
  readonly userId: string;
  /** Words that only this approval has. */
  readonly about: string;
  readonly button: '同意' | '拒绝';
  readonly remark: string;
}

/** An approval answered in the approver's chat. */
export const answerInConsole = (house: TestHouse, { userId, about, button, remark }: Answer): Promise<void> =>
  inConsole(house, userId, async (page) => {
    const card = page.locator('article.card', { hasText: about });
    await card.getByRole('textbox').fill(remark);
    await card.getByRole('button', { name: new RegExp(`^${button}`) }).click();
    await card.getByText(`已${button}`).waitFor();
  });

/** A manager's page on the phone says these words. */
export async function readTeam(
  house: TestHouse,
  { userId, lines }: { readonly userId: string; readonly lines: readonly string[] },
): Promise<void> {
  const context = await phone();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(await openedAs(house, userId, `${house.appUrl}/team`));
  for (const line of lines) await page.getByText(line).first().waitFor();
  expect(await page.locator('main').innerText()).not.toContain('¥');
  await context.close();
}

interface Returned {
  readonly cycleId: string;
  readonly names: readonly string[];
  readonly why: string;
}

/** HR's list of what came back, and one person's reason. */
export const readReturned = (house: TestHouse, { cycleId, names, why }: Returned): Promise<void> =>
  atDesk(house, `/desk/cycles/${cycleId}`, async (page) => {
    await page.locator('.rows .row').first().waitFor();
    await page.getByLabel('状态').selectOption('returned');
    await page.locator('.list footer', { hasText: `${names.length} / 20 人` }).waitFor();
    expect(await page.locator('.rows .name b').allInnerTexts()).toEqual(names);
    await page.locator('.rows .row', { hasText: names[0] ?? '' }).click();
    await page.getByText(`退回原因：${why}`).waitFor();
    for (const action of ['保持现岗', '再提一次', '写明依据继续'])
      await page.getByRole('button', { name: action }).waitFor();
  });

/** The console's clock button; its hook runs what is due by then. */
export const moveClockInConsole = (
  house: TestHouse,
  { button, shows }: { readonly button: string; readonly shows: string },
): Promise<void> =>
  inConsole(house, 'zhangsan', async (page) => {
    await page.locator('#now', { hasText: '2026' }).waitFor();
    await page.getByRole('button', { name: button }).click();
    await page.locator('#notice.good', { hasText: `业务时间 ${shows}` }).waitFor({ timeout: 300_000 });
  });
