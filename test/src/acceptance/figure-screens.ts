import { desktop, phone } from '../harness/browser.ts';
import type { TestHouse } from '../harness/processes/house.ts';
import { openedAs } from '../harness/processes/simulator-control.ts';

/* The published figures as people meet them, in Chromium through the simulator's fake client. */

/**
 * Zhang San’s phone: the amount, a line down to its record, the score down to its records.
 * @param told what the command line says of the same statement
 */
export async function readOnPhone(
  house: TestHouse,
  told: { readonly period: string; readonly renewalId: string },
): Promise<void> {
  const context = await phone();
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(await openedAs(house, 'zhangsan'));
  await page.locator('.amount').waitFor();
  expect(await page.locator('.amount').innerText()).toBe('¥9,300.00');
  const home = await page.locator('main').innerText();
  for (const text of ['¥1,500', '+¥7,800.00', '85.20', '直接转型']) expect(home).toContain(text);
  const from = new URL(page.url()).origin;
  await page.goto(`${from}/statement?period=${told.period}`);
  await page.getByRole('link', { name: /恒远医疗 · 续约 2 年/ }).click();
  const sheet = page.getByRole('dialog', { name: '续约提成' });
  await sheet.waitFor();
  const shown = await sheet.innerText();
  expect(shown).toContain('150,000.00 元 × 0.5% × 2 年 = 1,500.00 元');
  expect(shown).toContain(`续约 ${told.renewalId}`);
  expect(shown).toContain('销售激励方案 V2');
  await page.goto(from);
  await page.getByRole('link', { name: '看依据' }).click();
  await page.getByRole('link', { name: /客户满意度/ }).waitFor();
  expect(await page.locator('main').innerText()).toMatch(/85\.20[\s\S]*客户洞察[\s\S]*34\.12 分/);
  await page.getByRole('link', { name: /客户满意度/ }).click();
  await page.locator('.record').first().waitFor();
  expect(await page.locator('.record').count()).toBe(23);
  await context.close();
}

/** Zhou Min’s chat in the console: the card’s link opens the list, and a person beside it. */
export async function readAtDesk(house: TestHouse): Promise<void> {
  const context = await desktop();
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${house.simulator.consoleUrl}#hr01`);
  const card = page.locator('article.card');
  await card.waitFor();
  expect(await card.innerText()).toContain('直接转型：5 人');
  await card.getByRole('button', { name: '查看名单' }).click();
  const desk = page.frameLocator('iframe');
  await desk.getByRole('grid').waitFor();
  await desk.locator('.rows .row').first().waitFor();
  expect(await desk.getByRole('grid').getAttribute('aria-rowcount')).toBe('21');
  expect(await desk.locator('.rows .name b').first().innerText()).toBe('王五');
  expect(await desk.locator('.list footer').innerText()).toContain('共 20 人');
  // The console shows the desk scaled down, where a driver's pointer misses: by keyboard, from the first row to the second.
  await desk.getByRole('grid').press('j');
  await desk.getByRole('grid').press('Enter');
  const panel = desk.getByRole('complementary', { name: '张三的盘点依据' });
  await panel.getByText('85.20 分怎么来的').waitFor();
  await panel.getByRole('button', { name: '客户满意度' }).press('Enter');
  await panel.locator('.record').first().waitFor();
  expect(await panel.locator('.record').count()).toBe(23);
  await context.close();
}

/** Two people’s clients in one browser. */
export async function openTwoPeople(house: TestHouse): Promise<void> {
  const context = await phone();
  const [one, two] = [await context.newPage(), await context.newPage()];
  const pages = [
    { page: one, userId: 'zhangsan' },
    { page: two, userId: 'lisi' },
  ];
  for (const { page, userId } of pages) {
    page.setDefaultTimeout(60_000);
    await page.goto(await openedAs(house, userId));
    await page.locator('.amount').waitFor();
  }
  for (const { page, userId } of [...pages, ...pages]) {
    await page.reload();
    await page.locator('.amount').waitFor();
    const who = await page.evaluate("fetch('/api/v1/session').then((answer) => answer.json())");
    expect(who).toMatchObject({ userId });
  }
  expect(await one.locator('.amount').innerText()).toBe('¥9,300.00');
  expect(await two.locator('.amount').innerText()).not.toBe('¥9,300.00');
  await context.close();
}
