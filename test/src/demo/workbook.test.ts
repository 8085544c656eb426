import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { demoOrg } from '@shigang/simulator';
import * as expected from './expected.ts';
import { factsOfWorkbook, type OracleFacts, type OraclePerson } from './oracle/facts.ts';
import { format } from './oracle/fraction.ts';
import { metricsOf, teamAverage, windowOf, type Metrics } from './oracle/metrics.ts';
import { scoreOf, type OracleModel } from './oracle/score.ts';
import { linesOf, totalFen, turnoverOf, type OracleComponent } from './oracle/statement.ts';
import { readWorkbook } from './read-workbook.ts';
import { demoRows } from './story/index.ts';
import { KINDS, type Row, type Rows } from './story/rows.ts';

const ROOT = resolve(__dirname, '../../..');
const demoFile = (name: string): string => resolve(ROOT, 'examples/demo', name);
const json = <T>(name: string): T => JSON.parse(readFileSync(demoFile(name), 'utf8')) as T;

const WINDOW = windowOf(expected.EXPECTED_PERIOD, 4);
const QUARTER = { period: expected.EXPECTED_PERIOD, window: windowOf(expected.EXPECTED_PERIOD, 1) };
const SALES_TITLE = '客户经理';

let rows: Rows;
let facts: OracleFacts;
let people: OraclePerson[];
const measured = new Map<string, Metrics>();

const personOf = (userid: string): OraclePerson => {
  const found = people.find((person) => person.userid === userid);
  if (!found) throw new Error(`no person ${userid}`);
  return found;
};

const orgPeople = (all: boolean): OraclePerson[] => {
  const org = demoOrg();
  const names = new Map(org.departments.map(({ id, name }) => [id, name]));
  return org.employees
    .filter((employee) => all || employee.title === SALES_TITLE)
    .map((employee) => ({
      userid: employee.userid,
      name: employee.name,
      department: names.get(employee.departments[0] ?? 0) ?? '',
      hiredOn: employee.hiredOn ?? null,
      leftOn: employee.leftOn ?? null,
    }));
};

beforeAll(async () => {
  rows = await readWorkbook(demoFile('history.xlsx'));
  people = orgPeople(false);
  facts = factsOfWorkbook(rows, people);
  for (const { userid } of expected.EXPECTED_PEOPLE)
    measured.set(userid, metricsOf(facts, personOf(userid), WINDOW));
}, 60_000);

describe('the file', () => {
  test('holds exactly the rows of the script', () => {
    const filled = (row: Row): Row =>
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
    const made = demoRows();
    for (const kind of KINDS) expect(rows[kind].map(filled)).toEqual(made[kind].map(filled));
  });

  test('tells twelve quarters', () => {
    const quarters = new Set(
      facts.deals
        .filter((deal) => deal.closedOn !== '')
        .map((deal) => `${deal.closedOn.slice(0, 4)}Q${Math.ceil(Number(deal.closedOn.slice(5, 7)) / 3)}`),
    );
    expect([...quarters].sort()).toEqual([
      '2023Q4', '2024Q1', '2024Q2', '2024Q3', '2024Q4', '2025Q1', '2025Q2', '2025Q3', '2025Q4', '2026Q1', '2026Q2', '2026Q3',
    ]); // prettier-ignore
  });

  test('has no row outside the time in which its person was employed', () => {
    const days: readonly (readonly [keyof Rows, string])[] = [
      ['roles', 'valid_from'],
      ['deals', 'closed_on'],
      ['renewals', 'due_on'],
      ['feedback', 'given_on'],
      ['collaborations', 'requested_at'],
      ['trainings', 'finished_on'],
      ['assessments', 'taken_on'],
    ];
    const byName = new Map(people.map((person) => [person.name, person]));
    for (const [kind, column] of days) {
      const outside = rows[kind].filter((row) => {
        const day = (row[column] ?? '').slice(0, 10);
        const person = byName.get(row.employee ?? '');
        return day !== '' && (day < (person?.hiredOn ?? '9') || day > (person?.leftOn ?? '9'));
      });
      expect(outside).toEqual([]);
    }
  });

  test('keeps keys unique, times in order, credits whole, stated segments true to the amounts', () => {
    const keys = (kind: keyof Rows, column: string): string[] => rows[kind].map((row) => row[column] ?? '');
    for (const [kind, column] of [
      ['deals', 'deal_id'],
      ['renewals', 'renewal_id'],
      ['feedback', 'feedback_id'],
      ['collaborations', 'collaboration_id'],
    ] as const) {
      expect(new Set(keys(kind, column)).size).toBe(rows[kind].length);
    }
    for (const row of rows.collaborations) {
      expect((row.requested_at ?? '') <= (row.responded_at ?? '')).toBe(true);
      if (row.resolved_at) expect((row.responded_at ?? '') <= row.resolved_at).toBe(true);
    }
    for (const deal of facts.deals) {
      expect([...deal.credits.values()].reduce((sum, share) => sum + share, 0n)).toBe(10_000n);
      if (deal.closedOn !== '') expect(deal.openedOn <= deal.closedOn).toBe(true);
      const amount = deal.amountFen;
      if (amount !== null)
        expect(deal.segment).toBe(amount < 500_000n ? 'small' : amount < 1_000_000n ? 'medium' : 'large');
    }
  });
});

describe('metrics, scores and tiers of 2026Q3 from the rows alone', () => {
  test.each(expected.EXPECTED_PEOPLE.map((person) => [person.name, person] as const))('%s', (_, person) => {
    const metrics = measured.get(person.userid) ?? new Map();
    const hired = personOf(person.userid);
    expect({ hiredOn: hired.hiredOn, team: hired.department }).toEqual({
      hiredOn: person.hiredOn,
      team: person.team,
    });
    for (const [metric, want] of Object.entries(person.metrics)) {
      const got = metrics.get(metric);
      expect([metric, got ? format(got.value, 4) : null]).toEqual([metric, want?.value ?? null]);
      if (want && want.n !== null) expect([metric, got?.n]).toEqual([metric, want.n]);
    }
    const now = scoreOf(json<OracleModel>('large-account-2025Q4.json'), metrics, hired.hiredOn, WINDOW.to);
    expect(now).toEqual({ score: person.score, coverage: person.coverage, tier: person.tier });
    const next = scoreOf(json<OracleModel>('large-account-2026Q4.json'), metrics, hired.hiredOn, WINDOW.to);
    expect({ score: next.score, tier: next.tier }).toEqual(person.next);
  });

  test('five, eight and seven; four, seven and nine with the weights of 2026Q4', () => {
    const counts = (file: string): Record<string, number> => {
      const count: Record<string, number> = {};
      for (const [userid, metrics] of measured) {
        const { tier } = scoreOf(json<OracleModel>(file), metrics, personOf(userid).hiredOn, WINDOW.to);
        count[tier] = (count[tier] ?? 0) + 1;
      }
      return count;
    };
    expect(counts('large-account-2025Q4.json')).toEqual(expected.EXPECTED_COUNTS);
    expect(counts('large-account-2026Q4.json')).toEqual(expected.EXPECTED_NEXT_COUNTS);
  });

  test.each(expected.EXPECTED_TEAM_AVERAGES)(
    'team average of $team',
    ({ team, people: size, metric, value }) => {
      const members = expected.EXPECTED_PEOPLE.filter((person) => person.team === team);
      expect(members).toHaveLength(size);
      expect(
        format(
          teamAverage(
            members.map(({ userid }) => measured.get(userid) ?? new Map()),
            metric,
          ),
          4,
        ),
      ).toBe(value);
    },
  );

  test('the previous quarter can be scored for everyone who was there', () => {
    const window = windowOf('2026Q2', 4);
    const model = json<OracleModel>('large-account-2025Q4.json');
    const scores = people
      .filter(
        (person) =>
          (person.hiredOn ?? '') <= window.to && (person.leftOn === null || person.leftOn > window.to),
      )
      .map((person) => ({
        userid: person.userid,
        ...scoreOf(model, metricsOf(facts, person, window), person.hiredOn, window.to),
      }));
    expect(scores).toHaveLength(21);
    expect(scores.filter(({ tier }) => tier === 'insufficient_data')).toEqual([]);
    expect(scores.map(({ userid, score }) => `${userid} ${score ?? ''}`)).toMatchInlineSnapshot(`
     [
       "zhangsan 79.21",
       "wangwu 85.95",
       "lisi 58.48",
       "shenyue 58.31",
       "wulei 77.42",
       "fengtao 73.96",
       "zhaomin 80.53",
       "yangfan 54.42",
       "xuqiang 39.20",
       "zhouting 71.98",
       "sunhao 74.63",
       "zhengjie 69.77",
       "chenchen 66.20",
       "chuyun 63.14",
       "weidong 66.32",
       "jiangxin 56.71",
       "hanlei 56.24",
       "youjia 50.77",
       "zhulin 48.45",
       "qinchuan 43.35",
       "jinhao 40.76",
     ]
    `);
  });
});

describe('the stories', () => {
  const sales = json<{ components: OracleComponent[]; comparison: { components: OracleComponent[] } }>(
    'sales-v2.json',
  );
  const { EXPECTED_STATEMENT: statement } = expected;

  test('张三: 9,300.00 under the new plan, 1,500.00 under the old one', () => {
    const lines = linesOf(facts, statement.userid, QUARTER, sales.components);
    const byComponent = statement.components.map(({ id, kind }) => {
      const own = lines.filter((line) => line.component === id);
      return { id, kind, lines: own.length, fen: Number(totalFen(own)) };
    });
    expect(byComponent).toEqual(statement.components);
    expect(Number(totalFen(lines))).toBe(statement.totalFen);
    expect(Number(totalFen(linesOf(facts, statement.userid, QUARTER, sales.comparison.components)))).toBe(
      statement.oldPlanTotalFen,
    );
  });

  test('张三: one won deal of any size in the quarter, one renewal, eight resolved and all solved, every score 9.2', () => {
    const own = (kind: keyof Rows): Row[] => rows[kind].filter((row) => row.employee === '张三');
    const inQuarter = (day: string | undefined): boolean =>
      (day ?? '') >= '2026-07-01' && (day ?? '').slice(0, 10) <= '2026-09-30';
    const { contract, renewal } = statement;
    const won = rows.deals.filter(
      (row) =>
        row.status === '赢单' &&
        inQuarter(row.closed_on) &&
        (row.employee === '张三' || (row.credits ?? '').includes('张三')),
    );
    expect(won).toEqual([
      expect.objectContaining({
        customer: contract.customer,
        amount: contract.amount,
        opened_on: contract.openedOn,
        closed_on: contract.closedOn,
      }),
    ]);
    expect(own('renewals').filter((row) => inQuarter(row.renewed_on))).toEqual([
      expect.objectContaining({
        amount: renewal.amount,
        due_on: renewal.dueOn,
        renewed_on: renewal.renewedOn,
        years: renewal.years,
      }),
    ]);
    const resolved = own('collaborations').filter((row) => inQuarter(row.resolved_at));
    expect(resolved.map((row) => row.solved)).toEqual(Array.from({ length: 8 }, () => '是'));
    expect(new Set(own('feedback').map((row) => row.score))).toEqual(new Set(['9.2']));
    expect(own('feedback').some((row) => inQuarter(row.given_on))).toBe(true);
  });

  test('张三: a few hundred yuan in 2026Q2 under version 1', () => {
    const v1 = json<{ components: OracleComponent[] }>('sales-v1.json');
    const fen = Number(
      totalFen(
        linesOf(facts, 'zhangsan', { period: '2026Q2', window: windowOf('2026Q2', 1) }, v1.components),
      ),
    );
    expect(fen).toBeGreaterThan(20_000);
    expect(fen).toBeLessThan(90_000);
  });

  test('first large deals', () => {
    for (const [userid, day] of Object.entries(expected.EXPECTED_FIRST_LARGE)) {
      const won = facts.deals.filter(
        (deal) => deal.userid === userid && deal.status === 'won' && deal.segment === 'large',
      );
      expect(won.map((deal) => deal.closedOn).sort()[0]).toBe(day);
    }
  });

  test('李四: strong at small deals, no large one ever won, never in another role', () => {
    const { small, largeTried } = expected.EXPECTED_LISI;
    const metrics = measured.get('lisi');
    expect(format(metrics?.get('small_deal_win_rate')?.value ?? { n: -1n, d: 1n }, 4)).toBe(small.rate);
    expect(metrics?.get('small_deal_win_rate')?.n).toBe(small.closed);
    expect(format(metrics?.get('small_deal_cycle_days')?.value ?? { n: -1n, d: 1n }, 4)).toBe(
      small.cycleDays,
    );
    expect(metrics?.get('small_deal_cycle_days')?.n).toBe(small.won);
    const large = facts.deals.filter((deal) => deal.userid === 'lisi' && deal.segment === 'large');
    expect(large.map((deal) => deal.status)).toEqual(Array.from({ length: largeTried }, () => 'lost'));
    expect(facts.roles.filter((row) => row.employee === 'lisi').map((row) => row.role)).toEqual([
      'small_account',
    ]);
  });

  test('吴磊: moved in the quarter, never won a large deal, deals on both sides of the day', () => {
    const { userid, role, on } = expected.EXPECTED_MOVE;
    expect(
      facts.roles.filter((row) => row.employee === userid).map((row) => [row.role, row.valid_from]),
    ).toEqual([
      ['small_account', '2021-08-02'],
      [role, on],
    ]);
    const won = facts.deals.filter((deal) => deal.userid === userid && deal.status === 'won');
    expect(won.filter((deal) => deal.segment === 'large')).toEqual([]);
    const inQuarter = won.filter((deal) => deal.closedOn >= '2026-07-01' && deal.closedOn <= '2026-09-30');
    expect(
      inQuarter.some((deal) => deal.closedOn < on) && inQuarter.some((deal) => deal.closedOn >= on),
    ).toBe(true);
  });

  test('许强 has asked nobody for anything, in no quarter', () => {
    expect(facts.collaborations.filter((row) => row.employee === 'xuqiang')).toEqual([]);
  });

  test('the decisions are the seven, each with a written reason', () => {
    const { decisions } = json<{
      decisions: { userId: string; tier: string; targetRole: string; reason: string }[];
    }>('decisions.json');
    expect(Object.fromEntries(decisions.map(({ userId, targetRole }) => [userId, targetRole]))).toEqual(
      expected.EXPECTED_REASSIGN,
    );
    for (const decision of decisions)
      expect([decision.tier, decision.reason.length > 30]).toEqual(['reassign', true]);
  });

  test.each(expected.EXPECTED_TURNOVER)('turnover of $of from $openingOn to $to', (story) => {
    const got = turnoverOf(story.of === 'sales' ? people : orgPeople(true), story);
    expect({ leavers: got.leavers, headcount: format(got.headcount, 4) }).toEqual({
      leavers: story.leavers,
      headcount: story.headcount,
    });
  });

  test('everybody who left has a role history', () => {
    for (const person of people) expect(facts.roles.some((row) => row.employee === person.userid)).toBe(true);
  });
});
