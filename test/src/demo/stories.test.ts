import { resolve } from 'node:path';
import { demoJson, loadDemoCompany, type DemoCompany } from './demo-company.ts';
import * as expected from './expected.ts';
import { format } from './oracle/fraction.ts';
import { metricsOf, windowOf, type Metrics } from './oracle/metrics.ts';
import { linesOf, totalFen, turnoverOf, type OracleComponent } from './oracle/statement.ts';
import type { Row, Rows } from './story/rows.ts';

const ROOT = resolve(__dirname, '../../..');
const WINDOW = windowOf(expected.EXPECTED_PERIOD, 4);
const QUARTER = { period: expected.EXPECTED_PERIOD, window: windowOf(expected.EXPECTED_PERIOD, 1) };
const json = <T>(name: string): T => demoJson<T>(ROOT, name);

let company: DemoCompany;
let rows: Rows;

beforeAll(async () => {
  company = await loadDemoCompany(ROOT);
  rows = company.rows;
}, 60_000);

describe('the stories', () => {
  const sales = json<{ components: OracleComponent[]; comparison: { components: OracleComponent[] } }>(
    'sales-v2.json',
  );
  const { EXPECTED_STATEMENT: statement } = expected;

  test('张三: 9,300.00 under the new plan, 1,500.00 under the old one', () => {
    const lines = linesOf(company.facts, statement.userid, QUARTER, sales.components);
    const byComponent = statement.components.map(({ id, kind }) => {
      const own = lines.filter((line) => line.component === id);
      return { id, kind, lines: own.length, fen: Number(totalFen(own)) };
    });
    expect(byComponent).toEqual(statement.components);
    expect(Number(totalFen(lines))).toBe(statement.totalFen);
    expect(
      Number(totalFen(linesOf(company.facts, statement.userid, QUARTER, sales.comparison.components))),
    ).toBe(statement.oldPlanTotalFen);
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
        linesOf(
          company.facts,
          'zhangsan',
          { period: '2026Q2', window: windowOf('2026Q2', 1) },
          v1.components,
        ),
      ),
    );
    expect(fen).toBeGreaterThan(20_000);
    expect(fen).toBeLessThan(90_000);
  });

  test('first large deals', () => {
    for (const [userid, day] of Object.entries(expected.EXPECTED_FIRST_LARGE)) {
      const won = company.facts.deals.filter(
        (deal) => deal.userid === userid && deal.status === 'won' && deal.segment === 'large',
      );
      expect(won.map((deal) => deal.closedOn).sort()[0]).toBe(day);
    }
  });

  test('李四: strong at small deals, no large one ever won, never in another role', () => {
    const { small, largeTried } = expected.EXPECTED_LISI;
    const metrics: Metrics = metricsOf(company.facts, company.person('lisi'), WINDOW);
    expect(format(metrics.get('small_deal_win_rate')?.value ?? { n: -1n, d: 1n }, 4)).toBe(small.rate);
    expect(metrics.get('small_deal_win_rate')?.n).toBe(small.closed);
    expect(format(metrics.get('small_deal_cycle_days')?.value ?? { n: -1n, d: 1n }, 4)).toBe(small.cycleDays);
    expect(metrics.get('small_deal_cycle_days')?.n).toBe(small.won);
    const large = company.facts.deals.filter((deal) => deal.userid === 'lisi' && deal.segment === 'large');
    expect(large.map((deal) => deal.status)).toEqual(Array.from({ length: largeTried }, () => 'lost'));
    expect(company.facts.roles.filter((row) => row.employee === 'lisi').map((row) => row.role)).toEqual([
      'small_account',
    ]);
  });

  test('吴磊: moved in the quarter, never won a large deal, deals on both sides of the day', () => {
    const { userid, role, on } = expected.EXPECTED_MOVE;
    expect(
      company.facts.roles.filter((row) => row.employee === userid).map((row) => [row.role, row.valid_from]),
    ).toEqual([
      ['small_account', '2021-08-02'],
      [role, on],
    ]);
    const won = company.facts.deals.filter((deal) => deal.userid === userid && deal.status === 'won');
    expect(won.filter((deal) => deal.segment === 'large')).toEqual([]);
    const inQuarter = won.filter((deal) => deal.closedOn >= '2026-07-01' && deal.closedOn <= '2026-09-30');
    expect(
      inQuarter.some((deal) => deal.closedOn < on) && inQuarter.some((deal) => deal.closedOn >= on),
    ).toBe(true);
  });

  test('许强 has asked nobody for anything, in no quarter', () => {
    expect(company.facts.collaborations.filter((row) => row.employee === 'xuqiang')).toEqual([]);
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
    const got = turnoverOf(story.of === 'sales' ? company.sales : company.everybody, story);
    expect({ leavers: got.leavers, headcount: format(got.headcount, 4) }).toEqual({
      leavers: story.leavers,
      headcount: story.headcount,
    });
  });

  test('everybody who left has a role history', () => {
    for (const person of company.sales)
      expect(company.facts.roles.some((row) => row.employee === person.userid)).toBe(true);
  });
});
