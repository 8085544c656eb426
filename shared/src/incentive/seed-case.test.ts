import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDecimal } from '../money/decimal.ts';
import type { SalesRole } from '../messages/words.ts';
import { day, price, shareOf, versionOf } from '../../../test/src/factories/incentive-cases.ts';
import type { EmployeeFacts } from './facts.ts';
import { parsePlan } from './plan/parse-plan.ts';
import { linesInOrder } from './statement.ts';

/* Worked cases of an independent implementation: every line and total must agree, in order. */

interface SeedCase {
  readonly period: string;
  readonly plans: readonly unknown[];
  readonly roles: readonly [string, SalesRole, string][];
  readonly deals: readonly [string, string, string, string, string, string][];
  readonly renewals: readonly [string, string, string, boolean, string, string, number, string][];
  readonly feedback: readonly [string, string, string][];
  readonly collaborations: readonly [string, string, string, boolean][];
  readonly expected: readonly {
    readonly userId: string;
    readonly totalFen: number;
    readonly lines: readonly [string, string | null, number][];
  }[];
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, 'cases', name), 'utf8'));
const seed = read('seed.json') as SeedCase;
const refused = read('refused-plans.json') as Record<string, readonly unknown[]>;
const fenOf = (yuan: string): number => parseDecimal(yuan, 2) ?? Number.NaN;

function factsOf(userId: string): EmployeeFacts {
  return {
    deals: seed.deals.flatMap(([dealId, owner, amount, status, closedOn, credits]) => {
      const dealFen = fenOf(amount);
      const share = status === 'won' ? shareOf(userId, owner, credits, dealFen) : null;
      if (share === null) return [];
      const { bp: shareBp, shareFen } = share;
      return [{ anchorOn: day(closedOn), dealId, dealFen, shareBp, shareFen, segment: null, refunds: [] }];
    }),
    renewals: seed.renewals.flatMap(([renewalId, owner, , renewed, renewedOn, amount, years, credits]) => {
      const contractFen = renewed ? fenOf(amount) : 0;
      const share = renewed ? shareOf(userId, owner, credits, contractFen) : null;
      if (share === null) return [];
      return [
        {
          anchorOn: day(renewedOn),
          renewalId,
          contractFen,
          shareBp: share.bp,
          shareFen: share.shareFen,
          years,
        },
      ];
    }),
    scores: seed.feedback
      .filter(([owner]) => owner === userId)
      .map(([, givenOn, score]) => ({
        givenOn: day(givenOn),
        scoreTenths: parseDecimal(score, 1) ?? Number.NaN,
      })),
    collaborations: seed.collaborations
      .filter(([, owner, resolvedAt]) => owner === userId && resolvedAt !== '')
      .map(([collaborationId, , resolvedAt, isSolved]) => ({
        anchorOn: day(resolvedAt.slice(0, 10)),
        collaborationId,
        isSolved,
      })),
    dueRenewals: [],
  };
}

test.each(seed.expected.map((expected) => [expected.userId, expected] as const))(
  '%s is paid line by line as the case says',
  (userId, expected) => {
    const roles = seed.roles
      .filter(([owner]) => owner === userId)
      .map(([, role, validFrom]) => ({ role, validFrom: day(validFrom) }));
    const statement = price({
      plans: seed.plans.map((plan) => versionOf(plan)),
      person: { roles, lastWorkingDays: [] },
      period: seed.period,
      facts: factsOf(userId),
    });
    const lines = linesInOrder(statement).map((line) => [
      line.head.component,
      line.kind === 'satisfaction_bonus' ? null : line.sourceId,
      line.amountFen,
    ]);
    expect(lines).toEqual(expected.lines);
    expect(statement.totalFen).toBe(expected.totalFen);
  },
);

test.each([
  ['brackets', 0, 'components[0].brackets'],
  ['caps', 0, 'components[0].capFen'],
  ['collected', 0, 'components[0].basis'],
  ['versions', 0, 'components[0].basis'],
] as const)('the plan of the case %s is refused, never ignored', (name, position, field) => {
  expect(() => parsePlan(refused[name]?.[position])).toThrow(
    expect.objectContaining({
      code: 'plan.component_unsupported',
      params: expect.objectContaining({ field }),
    }) as Error,
  );
});
