import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHouse, publishDemoCycle, type TestHouse } from '../harness/processes/house.ts';
import { afterSuite } from '../harness/servers.ts';
import { shigang } from '../harness/processes/shigang-process.ts';
import {
  EXPECTED_COUNTS,
  EXPECTED_LISI,
  EXPECTED_MOVE,
  EXPECTED_PEOPLE,
  EXPECTED_PREVIOUS,
  EXPECTED_REASSIGN,
  EXPECTED_STATEMENT,
  EXPECTED_TEAM_AVERAGES,
} from '../demo/expected.ts';
import { decisions, hrAdmin, period, steps } from './demo-steps.ts';
import { expectedFigures, figuresOf } from './expected-figures.ts';
import {
  errorOf,
  indicatorOf,
  tierListRows,
  withoutMs,
  type CycleDocument,
  type EmployeesDocument,
  type ExplainedMatch,
  type ExplainedStatement,
  type ImportDocument,
} from './figure-documents.ts';
import { openTwoPeople, readAtDesk, readOnPhone } from './figure-screens.ts';
import { control, signIn, type Books } from '../harness/processes/simulator-control.ts';
import { until } from '../harness/until.ts';

/*
 * The figure from end to end, told in order by public commands on real parts: each test goes on from the one before.
 * 5 / 8 / 7 and ¥9,300.00 come out of DingTalk's organisation and one workbook.
 */

const cycle = ['--period', period, '--as', hrAdmin];
const cycleId = `${period}-large_account`;

/** A loaded machine starts a process in half a minute. */
jest.setTimeout(600_000);

let house: TestHouse;
const folder = mkdtempSync(join(tmpdir(), 'shigang-story-'));
/** What the commands of the preparation printed, by the step's name. */
const told = new Map<string, unknown>();
const document = <Document>(name: string): Document => told.get(name) as Document;

beforeAll(async () => {
  afterSuite(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  house = await openHouse();
  for (const { name, args } of steps.preparation) told.set(name, await house.run(...args));
});

/** The work over everything, two at a time: a machine has two cores. */
async function inPairs<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += 2)
    results.push(...(await Promise.all(items.slice(at, at + 2).map(work))));
  return results;
}

const explainMatch = (userId: string, ...more: string[]): Promise<ExplainedMatch> =>
  house.run('explain', 'match', '--user', userId, '--period', period, ...more);
const explainIncentive = (userId: string, of = period): Promise<ExplainedStatement> =>
  house.run('explain', 'incentive', '--user', userId, '--period', of);

describe('from DingTalk and a workbook to scores', () => {
  test('the organisation is read whole: who is where, and who holds which role', async () => {
    expect(document<{ status: string }>('organisation from DingTalk').status).toBe('complete');
    const { employees } = await house.run<EmployeesDocument>('employees');
    const mainOf = (deptId: number): string[] =>
      employees
        .filter((one) => one.active && one.role !== null && one.departments[0] === deptId)
        .map((one) => one.userId);
    const teams = { 11: '销售一部', 12: '销售二部' } as const;
    for (const [deptId, team] of Object.entries(teams)) {
      const expected = EXPECTED_PEOPLE.filter((person) => person.team === team);
      expect(mainOf(Number(deptId)).sort()).toEqual(expected.map((person) => person.userid).sort());
    }
    expect(employees.filter((one) => one.active && one.departments.includes(20))).toEqual([]);
    expect(employees.filter((one) => one.departments.includes(13)).map((one) => one.role)).toEqual([null]);
    const moved = employees.find((one) => one.userId === EXPECTED_MOVE.userid);
    expect(moved?.role).toBe(EXPECTED_MOVE.role);
    // Those who left before the first sync are known too.
    expect(employees.filter((one) => !one.active).length).toBeGreaterThanOrEqual(12);
  });

  test('the workbook goes in whole, and a second time changes nothing', async () => {
    const first = document<ImportDocument>('workbook');
    expect(first).toMatchObject({
      inserted: first.rows,
      updated: 0,
      unchanged: 0,
      rejected: [],
      warnings: [],
    });
    const step = steps.preparation.find((one) => one.name === 'workbook');
    const again = await house.run<ImportDocument>(...(step?.args ?? []));
    expect(again).toMatchObject({ rows: first.rows, inserted: 0, updated: 0, unchanged: first.rows });
  });

  test('20 people in three tiers: 5 / 8 / 7', () => {
    expect(document<CycleDocument>('this quarter')).toMatchObject({
      state: 'review',
      counts: { ...EXPECTED_COUNTS, insufficient_data: 0, later: 0 },
    });
  });

  test('every figure of the twenty is explained as the worked example has it', async () => {
    const explained = await inPairs(EXPECTED_PEOPLE, (person) => explainMatch(person.userid));
    expect(explained.map(figuresOf)).toEqual(EXPECTED_PEOPLE.map(expectedFigures));
    for (const [at, person] of EXPECTED_PEOPLE.entries()) {
      const { dimensions, score } = explained[at] as ExplainedMatch;
      const points = dimensions
        .flatMap((dimension) => dimension.indicators)
        .reduce((sum, indicator) => sum + Math.round((indicator.points ?? 0) * 100), 0);
      expect([person.name, points]).toEqual([person.name, Math.round(score * 100)]);
    }
    for (const { team, metric, value } of EXPECTED_TEAM_AVERAGES) {
      const member = EXPECTED_PEOPLE.findIndex((person) => person.team === team);
      const { teamAverage } = indicatorOf(explained[member] as ExplainedMatch, metric);
      expect([team, teamAverage?.toFixed(4)]).toEqual([team, value]);
    }
    // Xu Qiang asked nobody for anything: a count of 0, and no rate instead of a made-up one.
    const xuqiang = explained.find((one) => one.userId === 'xuqiang') as ExplainedMatch;
    expect(indicatorOf(xuqiang, 'collaborations_per_month')).toMatchObject({ value: 0, n: 0 });
    expect(xuqiang.missing.map(({ metric }) => metric).sort()).toEqual([
      'collaboration_response_hours',
      'collaboration_solved_rate',
    ]);
    const zhangsan = explained.find((one) => one.userId === 'zhangsan') as ExplainedMatch;
    expect(indicatorOf(zhangsan, 'satisfaction_avg').evidence).toHaveLength(23);
  });

  test('Li Si is good at small accounts, by a model of that role', async () => {
    const file = join(folder, 'small-account.json');
    const indicators = [
      { metric: 'small_deal_win_rate', floor: 0, target: 1, weight: 50 },
      { metric: 'small_deal_cycle_days', floor: 30, target: 7, weight: 50 },
    ];
    const dimensions = [{ id: 'small', name: '中小客户', weight: 100, indicators }];
    const head = { role: 'small_account', name: '中小客户销售', validFrom: period };
    writeFileSync(
      file,
      JSON.stringify({
        ...head,
        lookbackQuarters: 4,
        thresholds: { transition: 80, train: 60 },
        dimensions,
      }),
    );
    await house.run('model', 'apply', file);
    await house.run('profiles', 'rebuild', '--period', period, '--role', 'small_account');
    const explained = await explainMatch(EXPECTED_LISI.userid, '--role', 'small_account');
    const { small } = EXPECTED_LISI;
    expect(indicatorOf(explained, 'small_deal_win_rate')).toMatchObject({
      value: Number(small.rate),
      n: small.closed,
    });
    expect(indicatorOf(explained, 'small_deal_cycle_days')).toMatchObject({
      value: Number(small.cycleDays),
      n: small.won,
    });
    const large = indicatorOf(await explainMatch(EXPECTED_LISI.userid), 'large_deal_win_rate');
    expect(large).toMatchObject({ value: 0, n: EXPECTED_LISI.largeTried });
  });

  test('the quarter before is scored and closed with nobody told', async () => {
    expect(document<CycleDocument>('last quarter').state).toBe('closed');
    const file = join(folder, 'tiers-2026Q2.xlsx');
    await house.run('cycle', 'list', '--period', EXPECTED_PREVIOUS.period, '--out', file);
    const scores = (await tierListRows(file)).map((row) => [row['userid'], [row['score'], row['coverage']]]);
    expect(Object.fromEntries(scores)).toEqual(EXPECTED_PREVIOUS.scores);
    expect((await control<Books>(house, '/books')).notices).toEqual([]);
  });
});

describe('decided by HR', () => {
  test('confirm-all leaves exactly the seven, who are decided one by one', async () => {
    const { left } = await house.run<CycleDocument>('cycle', 'confirm-all', ...cycle);
    const seven = Object.keys(EXPECTED_REASSIGN).sort();
    expect((left ?? []).map(({ userId }) => userId).sort()).toEqual(seven);
    expect(new Set(left?.map(({ tier }) => tier))).toEqual(new Set(['reassign']));
    const early = await shigang(['cycle', 'publish', ...cycle, '--json'], house.env);
    expect([early.code, errorOf(early.stdout)]).toEqual([1, 'cycle.undecided']);
    expect(Object.fromEntries(decisions.map((one) => [one.userId, one.targetRole]))).toEqual(
      EXPECTED_REASSIGN,
    );
    for (const { userId, tier, targetRole, reason } of decisions) {
      const decision = ['--user', userId, '--tier', tier, '--target-role', targetRole];
      const silent = decisions[0]?.userId === userId;
      if (silent) {
        const refused = await shigang(['cycle', 'decide', ...cycle, ...decision, '--json'], house.env);
        expect([refused.code, errorOf(refused.stdout)]).toEqual([1, 'decision.reason_required']);
      }
      await house.run('cycle', 'decide', ...cycle, ...decision, '--reason', reason);
    }
    const { counts } = await house.run<CycleDocument>('cycle', 'list', '--period', period);
    expect(counts).toEqual({ ...EXPECTED_COUNTS, insufficient_data: 0, later: 0 });
  });
});

describe('paid by facts', () => {
  test('Zhang San earns ¥9,300.00, line by line, against ¥1,500.00', async () => {
    for (const { name, args } of steps.afterwards) told.set(name, await house.run(...args));
    const statement = await explainIncentive(EXPECTED_STATEMENT.userid);
    const { totalFen, oldPlanTotalFen, plan, components } = EXPECTED_STATEMENT;
    expect(statement).toMatchObject({ totalFen, oldPlanTotalFen, plan });
    const of = (component: string) => statement.lines.filter((line) => line.component === component);
    expect(
      components.map(({ id, kind }) => ({
        id,
        kind,
        lines: of(id).length,
        fen: of(id).reduce((sum, line) => sum + line.amountFen, 0),
      })),
    ).toEqual(components);
    expect(statement.lines).toHaveLength(11);
    expect(statement.lines.every((line) => line.plan.id === 'sales' && line.plan.version === 2)).toBe(true);
    const [deal, renewal, bonus] = [of('deal')[0], of('renewal')[0], of('satisfaction')[0]];
    expect(deal).toMatchObject({
      anchorOn: EXPECTED_STATEMENT.contract.closedOn,
      source: { kind: 'deal' },
    });
    expect(deal?.formula).toContain('150,000.00 元 × 0.8%');
    expect(renewal).toMatchObject({
      anchorOn: EXPECTED_STATEMENT.renewal.renewedOn,
      source: { kind: 'renewal' },
    });
    expect(renewal?.formula).toContain('150,000.00 元 × 0.5% × 2 年 = 1,500.00 元');
    expect(bonus?.source).toEqual({ kind: 'period', id: period });
    const collaborations = of('coordination').map((line) => [line.amountFen, line.source.kind]);
    expect(collaborations).toEqual(Array(8).fill([20_000, 'collaboration']));
    expect(new Set(of('coordination').map((line) => line.source.id)).size).toBe(8);
  });

  test('Wu Lei is priced by one plan before his move and by the other from it on', async () => {
    const { lines, plan } = await explainIncentive(EXPECTED_MOVE.userid);
    expect(plan.id).toBe('large');
    const facts = lines.filter((line) => line.source.kind !== 'period');
    const before = facts.filter((line) => line.anchorOn < EXPECTED_MOVE.on);
    const after = facts.filter((line) => line.anchorOn >= EXPECTED_MOVE.on);
    expect(new Set(before.map((line) => line.plan.id))).toEqual(new Set(['sales']));
    expect(new Set(after.map((line) => line.plan.id))).toEqual(new Set(['large']));
  });

  test('the quarter before pays by the old plan', async () => {
    const statement = await explainIncentive('zhangsan', EXPECTED_PREVIOUS.period);
    expect(statement.plan).toMatchObject({ id: 'sales', version: 1 });
    expect(statement.totalFen).toBeGreaterThan(10_000);
    expect(statement.totalFen).toBeLessThan(100_000);
  });

  test('computing again changes not a byte', async () => {
    const statements = () => house.db.select('SELECT * FROM statements ORDER BY period, user_id');
    const before = await statements();
    expect(before.length).toBeGreaterThanOrEqual(40);
    const again = await house.run<object>('incentives', 'compute', '--period', period);
    expect(withoutMs(again)).toEqual(withoutMs(document('incentives')));
    expect(await statements()).toEqual(before);
  });
});

describe('before publication', () => {
  beforeAll(async () => {
    await house.startServer();
  });

  const ask = async (cookie: string, path: string): Promise<{ status: number; text: string }> => {
    const answer = await fetch(house.appUrl + path, { headers: { cookie }, redirect: 'manual' });
    return { status: answer.status, text: await answer.text() };
  };
  const of = `period=${period}`;
  const PAGES = ['/', `/?${of}`, '/statement', `/match?${of}`, `/match/satisfaction_avg?${of}`];
  const API = ['/me/home', `/me/home?${of}`, `/me/match?${of}`, `/me/evidence?metric=satisfaction_avg&${of}`];
  const DESK = ['/cycles', `/cycles/${cycleId}`, `/cycles/${cycleId}/people`];

  test('nothing of a score reaches the employee, in HTML or by the API', async () => {
    const cookie = await signIn(house, 'zhangsan');
    for (const path of [...PAGES, ...API.map((one) => `/api/v1${one}`)]) {
      const { status, text } = await ask(cookie, path);
      expect([path, status]).toEqual([path, 200]);
      for (const secret of [
        '85.20',
        '8520',
        '34.12',
        '3412',
        '13.12',
        '1312',
        '直接转型',
        '你可以接大客户了',
      ])
        expect([path, secret, text.includes(secret)]).toEqual([path, secret, false]);
    }
    const match = JSON.parse((await ask(cookie, `/api/v1/me/match?${of}`)).text) as MatchBefore;
    expect(match).toMatchObject({ state: 'pending', explanation: { scoreHundredths: null, tier: null } });
    const indicators = match.explanation.dimensions.flatMap((dimension) => dimension.indicators);
    expect(indicators.map((one) => one.pointsHundredths)).toEqual(Array(9).fill(null));
    const home = JSON.parse((await ask(cookie, '/api/v1/me/home')).text) as object;
    expect(home).toMatchObject({ match: { state: 'pending', result: null } });
    for (const path of DESK) expect((await ask(cookie, `/api/v1${path}`)).status).toBe(403);
  });

  test('nor the manager: no page, no answer, no command', async () => {
    const cookie = await signIn(house, 'mgr01');
    for (const path of [...DESK, `/cycles/${cycleId}/people/zhangsan`])
      expect([path, (await ask(cookie, `/api/v1${path}`)).status]).toEqual([path, 403]);
    expect((await ask(cookie, '/desk')).status).toBe(404);
    for (const path of PAGES) expect((await ask(cookie, path)).text).not.toMatch(/85\.20|张三/);
    for (const as of ['mgr01', 'zhangsan']) {
      const args = ['explain', 'match', '--user', 'zhangsan', '--period', period, '--as', as, '--json'];
      const refused = await shigang(args, house.env);
      expect([refused.code, errorOf(refused.stdout)]).toEqual([1, 'cycle.person_not_found']);
    }
  });
});

describe('published', () => {
  beforeAll(async () => {
    house.startWorker();
    await publishDemoCycle(house);
  });

  const cardsOfHr = ({ notices }: Books): Books['notices'] =>
    notices.filter(({ recipients }) => recipients.some((userId) => userId.startsWith('hr')));

  test('HR and the HR admin get one card each, no figure in its title', async () => {
    const sent = await until('both cards', async () => {
      const [open] = await house.db.select<{ n: number }>(
        "SELECT COUNT(*) AS n FROM outbox WHERE kind = 'notice.cycle_published' AND state <> 'sent'",
      );
      return Number(open?.n) === 0 ? control<Books>(house, '/books') : undefined;
    });
    const cards = cardsOfHr(sent);
    expect(cards.map((notice) => [notice.recipients, notice.delivery])).toEqual([
      [['hr01'], 'delivered'],
      [['hr02'], 'delivered'],
    ]);
    for (const { content } of cards) {
      const card = content.action_card;
      expect(card?.title).toBe('第三季度盘点已发布（10月12日）');
      expect(card?.title.replace('10月12日', '')).not.toMatch(/\d/);
      expect(card?.markdown).toMatch(/直接转型：5 人\n- 培训后转型：8 人\n- 调整岗位：7 人/);
      expect(card).toMatchObject({
        single_title: '查看名单',
        single_url: expect.stringContaining(`/desk/cycles/${cycleId}`),
      });
    }
    await publishDemoCycle(house);
    expect(cardsOfHr(await control<Books>(house, '/books'))).toHaveLength(2);
  });

  test('the manager may now read the reports’ scores, and only theirs', async () => {
    expect((await explainMatch('zhangsan', '--as', 'mgr01')).score).toBe(85.2);
    const args = ['explain', 'match', '--user', 'zhouting', '--period', period, '--as', 'mgr01', '--json'];
    const other = await shigang(args, house.env);
    expect([other.code, errorOf(other.stdout)]).toEqual([1, 'cycle.person_not_found']);
  });

  test('Zhang San’s phone: the amount, a line down to its record, the score down to its records', async () => {
    const { lines } = await explainIncentive('zhangsan');
    const renewal = lines.find((line) => line.component === 'renewal');
    await readOnPhone(house, { period, renewalId: renewal?.source.id ?? '' });
  });

  test('Zhou Min’s chat: the card’s link opens the list of twenty, and a person beside it', () =>
    readAtDesk(house));

  test('two people open at once in one browser stay two people', () => openTwoPeople(house));
});

interface MatchBefore {
  readonly state: string;
  readonly explanation: {
    readonly dimensions: readonly {
      readonly indicators: readonly { readonly pointsHundredths: number | null }[];
    }[];
  };
}
