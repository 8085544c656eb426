import {
  day,
  deal,
  largeFile,
  oldPlan,
  price,
  renewal,
  salesComponents,
  salesFile,
  smallAccount,
  versionOf,
} from '../../../test/src/factories/incentive-cases.ts';
import { DOCUMENT_FORMAT, readDocument, writeDocument } from './document.ts';
import type { EmployeeFacts } from './facts.ts';
import { renderFormula } from './formula.ts';
import { inputsOf } from './inputs.ts';
import { correctedLineId, lineId, sourceKindOf, type ClawbackLine } from './line.ts';
import { linesInOrder, type Statement } from './statement.ts';

const versionOne = versionOf(
  salesFile({ validFrom: '2023-01-01', components: oldPlan.components, comparison: null }),
  1,
);
const sales = versionOf(salesFile(), 2);
const large = versionOf(largeFile());

const solved = (count: number, on = '2026-09-24', from = 1) =>
  Array.from({ length: count }, (_, step) => ({
    anchorOn: day(on),
    collaborationId: `C${from + step}`,
    isSolved: true,
  }));
const scores = (count: number, scoreTenths: number, on = '2026-08-01') =>
  Array.from({ length: count }, () => ({ givenOn: day(on), scoreTenths }));
const formulas = (statement: Statement): string[] =>
  linesInOrder(statement).map((line) => renderFormula(DOCUMENT_FORMAT, line));
const amounts = (statement: Statement): number[] => linesInOrder(statement).map((line) => line.amountFen);

describe('clawback', () => {
  const refunds = (...given: [string, number][]) =>
    given.map(([on, refunded], at) => ({ on: day(on), fen: refunded, ref: `H${at}` }));
  const refunded = (given: [string, number][], over: Partial<Parameters<typeof deal>[0]> = {}) =>
    deal({ dealId: 'D1', anchorOn: day('2026-07-10'), refunds: refunds(...given), ...over });
  const run = (given: [string, number][], period = '2026Q3', over = {}) =>
    price({ plans: [versionOne, sales], period, facts: { deals: [refunded(given, over)] } });

  test('a full refund nets to exactly zero, in the comparison too', () => {
    const statement = run([['2026-08-01', 15_000_000]]);
    expect(amounts(statement)).toEqual([120_000, -120_000]);
    expect(statement.totalFen).toBe(0);
    expect(statement.comparison).toEqual({ name: '原方案', totalFen: 0 });
    expect(formulas(statement)[1]).toBe(
      '扣回 已发 1,200.00 元 × 退款 150,000.00 元 ÷ 150,000.00 元 = −1,200.00 元',
    );
  });

  test('a partial one is proportional; several count together and never pass what was paid', () => {
    const statement = run([
      ['2026-08-01', 5_000_001],
      ['2026-08-20', 5_000_001],
      ['2026-09-01', 9_000_000],
      ['2026-09-02', 1],
    ]);
    expect(amounts(statement)).toEqual([120_000, -40_000, -40_000, -40_000]);
    expect(formulas(statement)[2]).toBe(
      '扣回 已发 1,200.00 元 × 退款 100,000.02 元 ÷ 150,000.00 元 − 此前已扣 400.00 元 = −400.00 元',
    );
  });

  test('the quarter of the refund takes it back, at the rate of the line', () => {
    expect(amounts(run([['2026-10-05', 7_500_000]]))).toEqual([120_000]);
    const later = run([['2026-10-05', 7_500_000]], '2026Q4');
    expect(amounts(later)).toEqual([-60_000]);
    expect(later.comparison).toEqual({ name: '原方案', totalFen: -75_000 });
    expect(later.plans).toEqual([{ id: 'sales', version: 2 }]);
  });

  test('the version that paid decides, also when it compares with nothing', () => {
    const statement = run([['2026-07-05', 15_000_000]], '2026Q3', { anchorOn: day('2026-06-30') });
    expect(linesInOrder(statement)).toMatchObject([{ amountFen: -150_000, head: { planVersion: 1 } }]);
    expect(statement.comparison).toEqual({ name: '原方案', totalFen: 0 });
  });

  test('a refund before the deal closed counts on the day it closed', () => {
    const statement = run([['2026-06-01', 15_000_000]]);
    expect(linesInOrder(statement).map((line) => [line.anchorOn, line.amountFen])).toEqual([
      ['2026-07-10', 120_000],
      ['2026-07-10', -120_000],
    ]);
  });

  test.each([
    ['2027-07-10', '2027Q3', [-120_000]],
    ['2027-07-11', '2027Q3', []],
  ])('twelve months after the line is the last day: %s', (on, period, want) => {
    expect(amounts(run([[on, 15_000_000]], period))).toEqual(want);
  });

  test('a line of 0 is never taken back', () => {
    expect(amounts(run([['2026-08-01', 1]], '2026Q3', { dealFen: 1 }))).toEqual([0]);
  });

  test('only components that priced the deal take back, and money lines only', () => {
    const plan = versionOf(
      salesFile({ components: [{ ...salesComponents[0], segments: ['small'] }, salesComponents[2]] }),
    );
    const facts = { deals: [refunded([['2026-08-01', 15_000_000]])] };
    expect(price({ plans: [plan], facts }).lineCount).toBe(0);
  });

  test('whoever left is still charged, outside any plan', () => {
    const facts = { deals: [refunded([['2026-09-20', 15_000_000]], { anchorOn: day('2026-06-01') })] };
    const statement = price({
      plans: [versionOf(salesFile({ validFrom: '2026-01-01' }))],
      facts,
      person: smallAccount('2026-06-15'),
    });
    expect(statement).toMatchObject({
      plans: [],
      totalFen: -120_000,
      comparison: { name: '原方案', totalFen: -150_000 },
    });
  });

  test('names the line that it corrects', () => {
    const line = linesInOrder(run([['2026-10-05', 7_500_000]], '2026Q4'))[0] as ClawbackLine;
    expect(lineId('u1', line)).toBe('u1/2026Q4/sales/deal/deal/D1/0/clawback-H0');
    expect(correctedLineId('u1', line)).toBe('u1/2026Q3/sales/deal/deal/D1/0');
    expect(sourceKindOf(line)).toBe('deal');
  });
});

describe('the stored document', () => {
  const facts: EmployeeFacts = {
    deals: [
      deal({ dealId: 'D1' }),
      deal({
        dealId: '合同"7"',
        shareBp: 3_000,
        shareFen: 4_500_000,
        refunds: [{ on: day('2026-09-20'), fen: 1_000, ref: 'refund' }],
      }),
    ],
    renewals: [
      renewal({ renewalId: 'R1', years: 2 }),
      renewal({ renewalId: 'R2', shareBp: 1, shareFen: 1_500 }),
    ],
    scores: scores(3, 92),
    collaborations: solved(2),
    dueRenewals: [{ dueOn: day('2026-07-01'), isRenewed: true }],
  };
  const person = {
    roles: [{ role: 'large_account' as const, validFrom: day('2026-07-01') }],
    lastWorkingDays: [],
  };
  const statement = price({ plans: [large], facts, person });

  test('reads back to the same lines, formulas and inputs', () => {
    const document = readDocument(writeDocument(statement));
    expect(document.groups).toEqual(statement.groups);
    expect(document.plans).toEqual(statement.plans);
    expect(document.comparisonName).toBe('原方案');
    expect(linesInOrder(document).map(inputsOf)).toEqual(linesInOrder(statement).map(inputsOf));
  });

  test('is compact and pinned byte by byte', () => {
    const small = price({ plans: [sales], facts: { deals: facts.deals, collaborations: solved(1) } });
    expect(writeDocument(small)).toBe(
      '[1,[["sales",2]],"原方案",[["sales",2,0,"deal","revenue_commission",80,' +
        '[["2026-09-12","D1",120000,15000000],["2026-09-12","合同\\"7\\"",36000,15000000,3000,4500000]]],' +
        '["sales",2,3,"coordination","coordination_reward",20000,[["2026-09-24","C1",20000]]],' +
        '["sales",2,0,"deal","clawback",80,[["2026-09-20","合同\\"7\\"",-2,"refund","2026-09-12",36000,15000000,1000,0]]]]]',
    );
  });

  test('an empty statement is a document too', () => {
    const empty = price({ plans: [], facts: {} });
    expect(writeDocument(empty)).toBe('[1,[],null,[]]');
    expect(readDocument('[1,[],null,[]]')).toEqual({
      format: 1,
      plans: [],
      comparisonName: null,
      groups: [],
    });
  });

  test('another format is refused', () => {
    expect(() => readDocument('[2,[],null,[]]')).toThrow(
      expect.objectContaining({ code: 'incentive.document_unknown' }) as Error,
    );
  });

  test('inputs by name with their unit', () => {
    const byComponent = new Map(
      linesInOrder(statement).map((line) => [line.head.component + line.kind, inputsOf(line)]),
    );
    expect(
      byComponent.get('renewalrenewal_commission')?.map((input) => [input.name, input.unit, input.value]),
    ).toEqual([
      ['amountFen', 'fen', 15_000_000],
      ['shareBp', 'bp', 1],
      ['shareFen', 'fen', 1_500],
      ['rateBp', 'bp', 50],
      ['years', 'years', 1],
    ]);
    expect(byComponent.get('satisfactionsatisfaction_bonus')).toContainEqual({
      name: 'meanTenThousandths',
      unit: 'ten_thousandths',
      value: 92_000,
    });
    expect(byComponent.get('indexweighted_index_bonus')).toContainEqual({
      name: 'renewal_rate.valueTenThousandths',
      unit: 'ten_thousandths',
      value: 10_000,
    });
  });

  test('line ids are one per line and keep awkward source ids apart', () => {
    const odd = price({
      plans: [sales],
      facts: { deals: ['a/b', 'a%2Fb'].map((dealId) => deal({ dealId })) },
    });
    const ids = linesInOrder(odd).map((line) => lineId('u', line));
    expect(new Set(ids).size).toBe(2);
    expect(ids).toContain('u/2026Q3/sales/deal/deal/a%2Fb/0');
  });
});
