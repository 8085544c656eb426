import fc from 'fast-check';
import {
  day,
  deal,
  largeFile,
  noFacts,
  oldPlan,
  price,
  renewal,
  salesComponents,
  salesFile,
  versionOf,
} from '../../../test/src/factories/incentive-cases.ts';
import { addDays } from '../period/day.ts';
import { rangeOfPeriod, period } from '../period/quarter.ts';
import { splitCredits } from './credit-split.ts';
import { readDocument, writeDocument } from './document.ts';
import type { EmployeeFacts } from './facts.ts';
import { renderFormulas } from './formula.ts';
import { lineId } from './line.ts';
import { linesInOrder } from './statement.ts';

const plans = [
  versionOf(salesFile({ validFrom: '2023-01-01', components: oldPlan.components, comparison: null }), 1),
  versionOf(
    salesFile({
      components: [...salesComponents, { ...salesComponents[0], id: 'extra', segments: ['small'] }],
    }),
    2,
  ),
  versionOf(largeFile()),
];
const person = {
  roles: [
    { role: 'small_account' as const, validFrom: day('2024-01-01') },
    { role: 'large_account' as const, validFrom: day('2026-08-10') },
  ],
  lastWorkingDays: [],
};

/** Days around the quarter: some before it, a few after. */
const anyDay = fc.integer({ min: -200, max: 110 }).map((offset) => addDays('2026-07-01', offset));
const amount = fc.integer({ min: 0, max: 50_000_000 });
const shares = fc.integer({ min: 0, max: 10_000 });

const deals = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 99 }),
    anchorOn: anyDay,
    dealFen: amount,
    shareBp: shares,
    segment: fc.constantFrom('small' as const, 'large' as const, null),
    refunds: fc.array(fc.record({ on: anyDay, fen: amount }), { maxLength: 3 }),
  }),
  { selector: (given) => given.id, maxLength: 12 },
);
const facts: fc.Arbitrary<EmployeeFacts> = fc
  .record({
    deals,
    renewals: fc.array(
      fc.record({ anchorOn: anyDay, contractFen: amount, years: fc.integer({ min: 1, max: 5 }) }),
      {
        maxLength: 6,
      },
    ),
    scores: fc.array(fc.record({ givenOn: anyDay, scoreTenths: fc.integer({ min: 0, max: 100 }) }), {
      maxLength: 8,
    }),
    solved: fc.array(fc.record({ anchorOn: anyDay, isSolved: fc.boolean() }), { maxLength: 6 }),
    due: fc.array(fc.record({ dueOn: anyDay, isRenewed: fc.boolean() }), { maxLength: 4 }),
  })
  .map((given) => ({
    deals: given.deals.map(({ id, refunds, ...rest }) =>
      deal({
        ...rest,
        dealId: `D${id}`,
        shareFen:
          splitCredits(rest.dealFen, [
            { userId: 'a', bp: rest.shareBp },
            { userId: 'b', bp: 10_000 - rest.shareBp },
          ])[0]?.shareFen ?? 0,
        refunds: refunds.map((refund, at) => ({ ...refund, ref: `H${at}` })),
      }),
    ),
    renewals: given.renewals.map((one, at) => renewal({ ...one, renewalId: `R${at}` })),
    scores: given.scores,
    collaborations: given.solved.map((one, at) => ({ ...one, collaborationId: `C${at}` })),
    dueRenewals: given.due,
  }));

const shuffled = <T>(list: readonly T[], seed: number): T[] =>
  [...list].sort((a, b) => hash(JSON.stringify(a), seed) - hash(JSON.stringify(b), seed));
const hash = (text: string, seed: number): number =>
  [...text].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_003, seed);

test('splits sum to the amount, whatever the order of entry', () => {
  const credits = fc
    .array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 9 })
    .map((weights) => {
      const rest = 10_000 - weights.reduce((sum, weight) => sum + weight, 0);
      return [...weights, rest].map((bp, at) => ({ userId: `u${at}`, bp }));
    });
  fc.assert(
    fc.property(credits, fc.integer({ min: 0, max: 10 ** 13 }), fc.nat(), (given, fen, seed) => {
      const split = splitCredits(fen, given);
      expect(split.reduce((sum, share) => sum + share.shareFen, 0)).toBe(fen);
      expect(splitCredits(fen, shuffled(given, seed))).toEqual(split);
      for (const share of split) expect(Math.abs(share.shareFen - (fen * share.bp) / 10_000)).toBeLessThan(1);
    }),
  );
});

test('remaining fen go to the largest fraction, then to the lowest userid', () => {
  const thirds = ['c', 'a', 'b'].map((userId) => ({ userId, bp: userId === 'a' ? 3_334 : 3_333 }));
  expect(splitCredits(100, thirds).map((share) => [share.userId, share.shareFen])).toEqual([
    ['a', 34],
    ['b', 33],
    ['c', 33],
  ]);
  const halves = ['z', 'm'].map((userId) => ({ userId, bp: 5_000 }));
  expect(splitCredits(1, halves).map((share) => [share.userId, share.shareFen])).toEqual([
    ['m', 1],
    ['z', 0],
  ]);
  expect(() => splitCredits(1, [{ userId: 'a', bp: 9_999 }])).toThrow('9999');
});

test('a total is the sum of its lines, every line lies in the quarter and has an identity of its own', () => {
  const range = rangeOfPeriod(period('2026Q3'));
  fc.assert(
    fc.property(facts, (given) => {
      const statement = price({ plans, person, facts: given });
      const lines = linesInOrder(statement);
      expect(statement.totalFen).toBe(lines.reduce((sum, line) => sum + line.amountFen, 0));
      expect(statement.lineCount).toBe(lines.length);
      for (const line of lines) {
        expect(line.anchorOn >= range.firstDay && line.anchorOn <= range.lastDay).toBe(true);
        expect(Number.isSafeInteger(line.amountFen)).toBe(true);
      }
      expect(new Set(lines.map((line) => lineId('u', line))).size).toBe(lines.length);
    }),
  );
});

test('the same facts in any order are the same bytes, and reading them back loses nothing', () => {
  fc.assert(
    fc.property(facts, fc.nat(), (given, seed) => {
      const statement = price({ plans, person, facts: given });
      const text = writeDocument(statement);
      const mixed: EmployeeFacts = {
        deals: shuffled(given.deals, seed),
        renewals: shuffled(given.renewals, seed),
        scores: shuffled(given.scores, seed),
        collaborations: shuffled(given.collaborations, seed),
        dueRenewals: shuffled(given.dueRenewals, seed),
      };
      const again = price({ plans: [...plans].reverse(), person, facts: mixed });
      expect(writeDocument(again)).toBe(text);
      expect(again.comparison).toEqual(statement.comparison);
      const document = readDocument(text);
      expect(document.groups).toEqual(statement.groups);
      for (const group of document.groups) {
        for (const formula of renderFormulas(document.format, group)) {
          expect(formula).toMatch(/[\d,]+\.\d\d 元$/);
          expect(formula).not.toMatch(/NaN|undefined|null/);
        }
      }
    }),
  );
});

test('deals refunded in full within the year net to exactly zero over their quarters', () => {
  fc.assert(
    fc.property(deals, (given) => {
      const refunded = given.map(({ id, refunds, ...rest }) => {
        const on = addDays(rest.anchorOn, refunds.length * 40);
        const parts = refunds.map((refund, at) => ({ on: addDays(on, at), fen: refund.fen, ref: `H${at}` }));
        const last = { on: addDays(on, 9), fen: rest.dealFen, ref: 'last' };
        return deal({
          ...rest,
          dealId: `D${id}`,
          shareFen: Math.floor((rest.dealFen * rest.shareBp) / 10_000),
          refunds: [...parts, last],
        });
      });
      let net = 0;
      let comparison = 0;
      for (const quarter of ['2025Q4', '2026Q1', '2026Q2', '2026Q3', '2026Q4', '2027Q1', '2027Q2']) {
        const deals = plans.map((plan) => ({
          ...plan,
          components: plan.components.filter((one) => one.kind === 'revenue_commission'),
        }));
        const statement = price({
          plans: deals,
          person,
          period: quarter,
          facts: { ...noFacts, deals: refunded },
        });
        net += statement.totalFen;
        comparison += statement.comparison?.totalFen ?? 0;
      }
      expect(net).toBe(0);
      expect(comparison).toBe(0);
    }),
  );
});
