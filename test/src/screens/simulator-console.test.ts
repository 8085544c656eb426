import type { Simulator } from '@shigang/simulator';
import { demoOrg, startSimulator } from '@shigang/simulator';
import type { BrowserContext, Page } from 'playwright-core';
import { desktop } from '../harness/browser.ts';
import { axeFindings, overflowWidth, watch } from './page-checks.ts';

type Json = Record<string, unknown>;

let simulator: Simulator;
let context: BrowserContext;
let page: Page;
let troubles: string[];
let token: string;

async function call(path: string, body?: object): Promise<Json> {
  const headers = { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  return (await (await fetch(`${simulator.apiBase}${path}`, init)).json()) as Json;
}

async function unionIdOf(userid: string): Promise<string> {
  const { result } = await call(`/topapi/v2/user/get?access_token=${token}`, { userid });
  return (result as { unionid: string }).unionid;
}

/** An approval that 周敏 starts and 陈立 is asked for. */
async function startApproval(processCode: string, name: string): Promise<void> {
  await call('/v1.0/workflow/processInstances', {
    processCode,
    originatorUserId: 'hr01',
    approvers: [{ actionType: 'NONE', userIds: ['mgr01'] }],
    formComponentValues: [{ name: '员工', value: name }],
  });
}

const states = async (): Promise<unknown[]> => {
  const { approvals } = await call('/_sim/books');
  return (approvals as { state: string; remarks: { remark: string }[] }[]).map(({ state, remarks }) => [
    state,
    ...remarks.map(({ remark }) => remark),
  ]);
};

beforeAll(async () => {
  simulator = await startSimulator({ org: demoOrg(), now: '2026-10-12T09:30+08:00' });
  const { clientId, clientSecret } = simulator;
  token = '';
  const granted = await call(`/gettoken?appkey=${clientId}&appsecret=${clientSecret}`);
  token = String(granted.access_token);
  const form = await call('/v1.0/workflow/forms', {
    name: '转岗',
    formComponents: [{ componentType: 'TextField', props: { componentId: 'TextField_A', label: '员工' } }],
  });
  const { processCode } = form.result as { processCode: string };
  for (const name of ['张三', '王五', '赵敏', '许强']) await startApproval(processCode, name);
  const hr = await unionIdOf('hr01');
  await call(`/v1.0/todo/users/${hr}/tasks`, {
    subject: '能力测评还有 7 题',
    executorIds: [await unionIdOf('mgr01')],
    dueTime: Date.parse('2026-10-20T18:00+08:00'),
    detailUrl: { appUrl: 'http://127.0.0.1:7001/h5', pcUrl: 'http://127.0.0.1:7001/h5' },
  });
  context = await desktop();
  page = await context.newPage();
  troubles = watch(page);
  await page.goto(`${simulator.consoleUrl}#mgr01`);
  await page.locator('.card').first().waitFor();
});
afterAll(async () => {
  await context.close();
  await simulator.close();
});

const card = (text: string) => page.locator('.card', { hasText: text });

test('the manager agrees and refuses in the chat, with a remark', async () => {
  await card('张三').getByRole('textbox').fill('欢迎');
  // Twice by an impatient hand: one answer, no complaint.
  await card('张三').getByRole('button', { name: /^同意/ }).dblclick();
  await card('张三').getByText('已同意').waitFor();
  await card('王五').getByRole('textbox').fill('人手不够');
  await card('王五').getByRole('button', { name: /^拒绝/ }).click();
  await card('王五').getByText('已拒绝').waitFor();
  expect((await states()).slice(0, 2)).toEqual([
    ['agreed', '欢迎'],
    ['refused', '人手不够'],
  ]);
});

test('the pane answers for whoever is asked, the to-do is ticked off', async () => {
  await page.locator('#approval-remark').fill('可以');
  await page.locator('#approvals .approval').first().getByRole('button', { name: /^同意/ }).click();
  await card('赵敏').getByText('已同意').waitFor();
  expect((await states())[2]).toEqual(['agreed', '可以']);
  await card('能力测评').getByRole('button', { name: /^完成/ }).click();
  await card('能力测评').getByText('已完成').waitFor();
});

test('what is being written stays when the console refreshes', async () => {
  const remark = card('许强').getByRole('textbox');
  await remark.fill('还没想好');
  await call('/_sim/clock', { advance: 'PT1M' });
  await page.locator('#now', { hasText: /09:3[1-9]/ }).waitFor();
  expect(await remark.inputValue()).toBe('还没想好');
  expect(await remark.evaluate((input) => input === input.ownerDocument.activeElement)).toBe(true);
});

test.each(['light', 'dark'] as const)('accessible in the %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  expect(await axeFindings(page)).toEqual([]);
  expect(await overflowWidth(page)).toBe(0);
  if (process.env['SIM_SHOTS'])
    await page.screenshot({ path: `${process.env['SIM_SHOTS']}-${colorScheme}.png` });
});

test('beside a desk page the chat is narrow: its heading stays in one line', async () => {
  await page.evaluate("document.getElementById('sim').dataset.form = 'pc'");
  const heights = await page
    .locator('.chat > header > *')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  expect(Math.max(...heights)).toBeLessThanOrEqual(24);
  await page.evaluate("document.getElementById('sim').dataset.form = 'none'");
});

test('the starter takes an approval back', async () => {
  await page.locator('.person', { hasText: '周敏' }).click();
  await card('许强').getByRole('button', { name: /^撤回/ }).click();
  await card('许强').getByText('已撤回').waitFor();
  expect((await states())[3]).toEqual(['terminated']);
  await page.getByText('没有进行中的审批').waitFor();
  expect(troubles).toEqual([]);
});
