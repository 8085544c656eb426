import type {
  DecisionMade,
  DevelopmentAnswer,
  PersonFileAnswer,
  PublishPreview,
  TeamAnswer,
} from '@shigang/shared/answers';
import { EXPECTED_PEOPLE, EXPECTED_REASSIGN } from '../demo/expected.ts';
import { openHouse, type TestHouse } from '../harness/processes/house.ts';
import { shigang } from '../harness/processes/shigang-process.ts';
import { signedIn, type SignedIn } from '../harness/processes/signed-in.ts';
import { control, type BookedApproval, type Books } from '../harness/processes/simulator-control.ts';
import { until } from '../harness/until.ts';
import {
  answerInConsole,
  confirmInBulk,
  decideOnScreen,
  moveClockInConsole,
  publishByButton,
  readReturned,
  readTeam,
  replyInPhoneFrame,
} from './decision-screens.ts';
import { decisions, period, steps } from './demo-steps.ts';
import { errorOf, type EmployeesDocument, type ExplainedStatement } from './figure-documents.ts';

/*
 * The decision from end to end: from HR's click to a role that changes on its day. Told in order on real parts, with
 * DingTalk's events over the Stream: each test goes on from the one before.
 */

/** A loaded machine starts a process in half a minute. */
jest.setTimeout(600_000);

const cycleId = `${period}-large_account`;
const [HR, MANAGER] = ['hr01', 'mgr01'];
const tierOf = (tier: string): string[] =>
  EXPECTED_PEOPLE.filter((person) => person.tier === tier).map((person) => person.userid);
const [TRANSITION, TRAIN] = [tierOf('transition'), tierOf('train')];
/** Decided by clicking; the rest of the seven by the same endpoint. */
const BY_CLICK = ['shenyue', 'xuqiang'];
/** Offered another role: five by score, three to sales support. */
const OFFERED = [...TRANSITION, ...decisions.filter((one) => one.targetRole === 'sales_support').map(idOf)];

let house: TestHouse;
let hr: SignedIn;

beforeAll(async () => {
  house = await openHouse({ isLive: true });
  for (const { args } of steps.preparation) await house.run(...args);
  await house.startServer();
  house.startWorker();
  hr = await signedIn(house, HR);
});

const books = (): Promise<Books> => control<Books>(house, '/books');
const fileOf = (userId: string): Promise<PersonFileAnswer> =>
  hr.get(`/cycles/${cycleId}/people/${userId}/file`);
const stateOf = async (userId: string): Promise<string | undefined> => (await fileOf(userId)).change?.state;
const comesTo = (userId: string, state: string): Promise<true> =>
  until(`${userId} ${state}`, async () => ((await stateOf(userId)) === state ? true : undefined));
function idOf({ userId }: { readonly userId: string }): string {
  return userId;
}

const nameOf = (userId: string): string =>
  EXPECTED_PEOPLE.find((person) => person.userid === userId)?.name ?? userId;

/** Approvals of a person, in order; the form has the job number behind the name. */
async function approvalsOf(userId: string): Promise<BookedApproval[]> {
  return (await books()).approvals.filter((one) => one.formValues['员工']?.startsWith(`${nameOf(userId)}（`));
}

/** Notices that arrived, and how many of them each person got. */
async function delivered(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { recipients, delivery } of (await books()).notices)
    if (delivery === 'delivered') for (const one of recipients) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
}

describe('in review', () => {
  test('HR confirms thirteen at once, and decides the seven one by one with a reason', async () => {
    const clicked = decisions.filter((one) => BY_CLICK.includes(one.userId));
    await confirmInBulk(house, { cycleId, confirmed: 13, left: 7 });
    await decideOnScreen(house, {
      cycleId,
      decisions: clicked.map((one) => ({ ...one, name: nameOf(one.userId) })),
    });
    for (const { userId, tier, targetRole, reason } of decisions) {
      if (BY_CLICK.includes(userId)) continue;
      const made = await hr.post<DecisionMade>(`/cycles/${cycleId}/decisions`, {
        ...{ userId, tier, targetRole, reason, replaces: null },
      });
      expect(made.status).toBe('created');
    }
    const decided = await house.db.select<{ userId: string; targetRole: string; by: string }>(
      `SELECT user_id AS userId, target_role AS targetRole, decided_by AS \`by\` FROM decisions
       WHERE current_key IS NOT NULL AND tier = 'reassign'`,
    );
    expect(Object.fromEntries(decided.map((one) => [one.userId, one.targetRole]))).toEqual(EXPECTED_REASSIGN);
    expect(new Set(decided.map((one) => one.by))).toEqual(new Set([HR]));
  });

  test('nothing of it reaches an employee or a manager before publication', async () => {
    const secrets = ['85.20', '8520', '你可以接大客户了', '大客户激励方案', '"transition"', '直接转型'];
    const asked = `?period=${period}`;
    for (const userId of ['zhangsan', MANAGER]) {
      const person = await signedIn(house, userId);
      for (const path of ['/', '/development', '/team', '/api/v1/me/home', '/api/v1/me/development']) {
        const { text } = await person.read(path + (path === '/team' ? '' : asked));
        // The manager's page shows the quarter before, which is closed, with its tiers.
        const isBefore = userId === MANAGER && path === '/team';
        for (const secret of isBefore ? secrets.slice(0, 2) : secrets)
          expect([userId, path, secret, text.includes(secret)]).toEqual([userId, path, secret, false]);
      }
    }
    const own = await signedIn(house, 'zhangsan');
    expect((await own.get<DevelopmentAnswer>('/me/development')).notice).toBeNull();
    const team = await (await signedIn(house, MANAGER)).get<TeamAnswer>('/team');
    expect(team).toMatchObject({ approvals: [], people: team.period === null ? [] : expect.anything() });
    expect(team.period).not.toBe(period);
    const reply = ['cycle', 'reply', '--period', period, '--user', 'zhangsan', '--as', 'zhangsan'];
    const early = await shigang([...reply, '--answer', 'agree', '--json'], house.env);
    expect(early.code).toBe(1);
    expect(await books()).toMatchObject({ notices: [], approvals: [], todos: [], transfers: [] });
  });

  test('the preview says exactly what will be sent to whom; the button publishes', async () => {
    const preview = await hr.get<PublishPreview>(`/cycles/${cycleId}/preview`);
    expect(preview).toMatchObject({ obstacles: [], mayPublish: true, people: 20, withoutApprover: [] });
    const actions = (wanted: string): string[] =>
      preview.recipients.filter((one) => one.action === wanted).map(idOf);
    expect(actions('approval').sort()).toEqual([...TRANSITION].sort());
    expect(actions('approval_waits')).toHaveLength(3);
    expect(actions('training').sort()).toEqual([...TRAIN].sort());
    expect(actions('none')).toHaveLength(4);
    expect(preview.meteredCalls).toMatchObject({ cards: 24, approvals: 5, todos: 8 });
    await publishByButton(house, { cycleId, preview });
    const sent = await until('the cards of the preview', async () => {
      const titles = (await books()).notices.flatMap((one) => one.content.action_card?.markdown ?? []);
      return preview.samples.every((one) => titles.includes(one.markdown)) ? titles : undefined;
    });
    expect(preview.samples.map((one) => one.tier)).toEqual(['transition', 'train', 'reassign', 'reassign']);
    expect(sent.length).toBeGreaterThanOrEqual(3);
  });
});

describe('published', () => {
  test('everybody has exactly one notice, managers and HR theirs, each tier its one action', async () => {
    const all = [...EXPECTED_PEOPLE.map((one) => one.userid), MANAGER, 'mgr02', HR, 'hr02'];
    await until('every card', async () =>
      Object.keys(await delivered()).length === all.length ? true : undefined,
    );
    await until('every approval and to-do', async () => {
      const { approvals, todos } = await books();
      return approvals.length >= 5 && todos.length >= 8 ? true : undefined;
    });
    expect(await delivered()).toEqual(Object.fromEntries(all.map((userId) => [userId, 1])));
    const { approvals, todos, transfers, notices } = await books();
    expect(notices).toHaveLength(all.length);
    expect(todos.flatMap((one) => one.recipients).sort()).toEqual([...TRAIN].sort());
    expect(TRAIN).toContain('wulei');
    expect(transfers).toEqual([]);
    expect(approvals).toHaveLength(5);
    expect(new Set(approvals.map((one) => [one.state, one.starter].join()))).toEqual(
      new Set([`running,${HR}`]),
    );
    for (const userId of TRANSITION) {
      const team = EXPECTED_PEOPLE.find((one) => one.userid === userId)?.team;
      const [approval] = await approvalsOf(userId);
      expect([userId, approval?.approvers]).toEqual([userId, [team === '销售一部' ? MANAGER : 'mgr02']]);
    }
    // No figure in a title, and nobody reads of a colleague.
    for (const { content, recipients } of notices) {
      const { title = '', markdown = '' } = content.action_card ?? {};
      expect(title.replace(/\d+月\d+日/, '')).not.toMatch(/\d/);
      const self = recipients[0];
      for (const other of EXPECTED_PEOPLE)
        if (other.userid !== self) expect([self, markdown.includes(other.name)]).toEqual([self, false]);
    }
  });

  test('published once more, nothing more is sent', async () => {
    const before = await books();
    await house.run('cycle', 'publish', '--period', period, '--as', HR);
    await house.run('tick');
    const after = await books();
    expect([after.notices.length, after.approvals.length, after.todos.length]).toEqual([
      before.notices.length,
      before.approvals.length,
      before.todos.length,
    ]);
  });

  test('Zhang San opens his card on the phone and agrees; Chen Li agrees in DingTalk: both have', async () => {
    await replyInPhoneFrame(house, { userId: 'zhangsan', answer: '我愿意', headline: '你可以接大客户了' });
    expect(await stateOf('zhangsan')).toBe('open');
    const remark = steps.afterPublication.find((one) => one.approval)?.approval?.remark ?? '';
    await answerInConsole(house, { userId: MANAGER, about: '张三（', button: '同意', remark });
    await comesTo('zhangsan', 'agreed');
    expect((await fileOf('zhangsan')).change).toMatchObject({ effectiveOn: '2026-11-01', answer: 'agree' });
    await readTeam(house, { userId: MANAGER, lines: ['张三', '双方已同意，11月1日起生效'] });
    expect((await books()).transfers).toEqual([]);
  });

  test('Shen Yue wants to talk: it is back with HR, who offers again', async () => {
    await replyInPhoneFrame(house, { userId: 'shenyue', answer: '想先聊聊', headline: '更适合你的岗位' });
    const before = await fileOf('shenyue');
    expect(before.change).toMatchObject({ state: 'returned', returnedWhy: 'talk', answer: 'talk' });
    expect(before.may).toEqual({ keep: true, offerAgain: true, ground: true });
    await readReturned(house, { cycleId, names: ['沈悦'], why: '本人想先聊聊' });
    const made = await hr.post<DecisionMade>(`/cycles/${cycleId}/decisions`, {
      ...{ userId: 'shenyue', tier: 'reassign', targetRole: 'sales_support' },
      ...{ reason: '和沈悦谈过：先带两个老客户过去，三个月后一起回顾。', replaces: before.decisionId },
    });
    expect(made.decisionId).not.toBe(before.decisionId);
    await until('her second notice', async () => ((await delivered())['shenyue'] === 2 ? true : undefined));
    const { change, notices } = await fileOf('shenyue');
    expect(change).toMatchObject({ state: 'open', answer: null, missing: ['notice', 'agreement'] });
    expect(notices).toHaveLength(2);
    expect(await approvalsOf('shenyue')).toEqual([]);
  });

  test('Xu Qiang agrees: the gate opens, his approval starts; Chen Li refuses with a remark: back with HR', async () => {
    expect(await approvalsOf('xuqiang')).toEqual([]);
    await replyInPhoneFrame(house, { userId: 'xuqiang', answer: '我愿意', headline: '更适合你的岗位' });
    const running = await until('his approval', async () => (await approvalsOf('xuqiang'))[0]);
    expect(running).toMatchObject({ state: 'running', starter: HR, approvers: [MANAGER] });
    const remark = '手上两个合同正在收尾，年底前走不开。';
    await answerInConsole(house, { userId: MANAGER, about: '许强（', button: '拒绝', remark });
    await comesTo('xuqiang', 'returned');
    const { change, entries } = await fileOf('xuqiang');
    expect(change).toMatchObject({ returnedWhy: 'refused', returnedRemark: remark, isForAdmin: false });
    expect(JSON.stringify(entries)).toContain(remark);
    expect(await approvalsOf('xuqiang')).toHaveLength(1);
  });
});

describe('on the effective day', () => {
  test('the first of November brings one transfer; whoever did not answer is back with HR in the old post', async () => {
    await moveClockInConsole(house, { button: '到下月', shows: '2026-11-01 00:0' });
    await comesTo('zhangsan', 'effective');
    const { transfers } = await until('the transfer', async () => {
      const now = await books();
      return now.transfers.length > 0 ? now : undefined;
    });
    expect(transfers).toEqual([expect.objectContaining({ userId: 'zhangsan', deptId: 20 })]);
    const back = OFFERED.filter((userId) => userId !== 'zhangsan');
    expect(back).toHaveLength(7);
    for (const userId of back) {
      const { change } = await fileOf(userId);
      const returnedWhy = userId === 'xuqiang' ? 'refused' : 'overdue';
      expect([userId, change]).toEqual([userId, expect.objectContaining({ state: 'returned', returnedWhy })]);
    }
    const { employees } = await house.run<EmployeesDocument>('employees');
    const roleOf = (userId: string) => employees.find((one) => one.userId === userId)?.role;
    expect(back.map(roleOf)).toEqual(back.map(() => 'small_account'));
    expect(roleOf('zhangsan')).toBe('large_account');
    const dated = await house.db.select(
      `SELECT role, CAST(valid_from AS CHAR) AS validFrom FROM role_assignments WHERE user_id = 'zhangsan'
       ORDER BY valid_from DESC LIMIT 1`,
    );
    expect(dated).toEqual([{ role: 'large_account', validFrom: '2026-11-01' }]);
  });

  test('his deal of 3 November is priced by the new role’s plan', async () => {
    const { wonOn } = steps.newDeal;
    await control(house, '/clock', { now: `${wonOn}T18:00:00+08:00` });
    const deal = steps.afterPublication.find((one) => one.args?.[0] === 'import')?.args ?? [];
    expect(await house.run(...deal)).toMatchObject({ inserted: 1, rejected: [], warnings: [] });
    const asked = ['explain', 'incentive', '--user', 'zhangsan', '--period', steps.newDeal.period];
    const line = await until('the line of the new deal', async () => {
      const { code, stdout } = await shigang([...asked, '--json'], house.env);
      const statement = JSON.parse(stdout) as ExplainedStatement;
      return code === 0 ? statement.lines.find((one) => one.anchorOn === wonOn) : undefined;
    });
    expect(line).toMatchObject({ plan: { id: 'large' }, source: { kind: 'deal' }, amountFen: 144_000 });
    const before = await house.run<ExplainedStatement>(...asked.slice(0, -1), period);
    expect(new Set(before.lines.map((one) => one.plan.id))).toEqual(new Set(['sales']));
  });

  test('the cycle closes only after HR has kept the rest', async () => {
    const close = ['cycle', 'close', '--period', period, '--as', HR, '--json'];
    const refused = await shigang(close, house.env);
    expect([refused.code, errorOf(refused.stdout)]).toEqual([1, 'cycle.still_open']);
    expect(refused.stdout).toMatch(/审批.*王五|王五.*审批/);
    for (const userId of OFFERED.filter((one) => one !== 'zhangsan')) {
      const { decisionId } = await fileOf(userId);
      const kept = await hr.post(`/cycles/${cycleId}/people/${userId}/resolutions`, {
        ...{ decisionId, action: 'keep' },
      });
      expect(kept).toEqual({ state: 'kept' });
    }
    await until('nothing open', async () => {
      const { code, stdout } = await shigang(close, house.env);
      if (code === 0) return true;
      expect(errorOf(stdout)).toBe('cycle.still_open');
      return undefined;
    });
    const { approvals, transfers } = await books();
    const ended = (state: string): number => approvals.filter((one) => one.state === state).length;
    expect([ended('agreed'), ended('refused'), ended('terminated'), ended('running')]).toEqual([1, 1, 4, 0]);
    expect(transfers).toHaveLength(1);
  });
});
