import type { Row } from '../story/rows.ts';
import { toFen, type OracleFacts } from './facts.ts';
import { add, divide, fraction, isLess, parseFraction, scaled, sumOf, type Fraction } from './fraction.ts';
import type { Window } from './metrics.ts';

/** The components of a plan file that the demo's quarter needs. */
export type OracleComponent =
  | { readonly id: string; readonly kind: 'revenue_commission'; readonly rateBp: number }
  | { readonly id: string; readonly kind: 'renewal_commission'; readonly rateBp: number }
  | { readonly id: string; readonly kind: 'coordination_reward'; readonly amountFen: number }
  | {
      readonly id: string;
      readonly kind: 'satisfaction_bonus';
      readonly minCount: number;
      readonly steps: readonly { readonly atLeast: number; readonly amountFen: number }[];
    }
  | { readonly id: string; readonly kind: 'weighted_index_bonus' };

export interface OracleLine {
  readonly component: string;
  readonly source: string;
  readonly fen: bigint;
}

const within = (day: string | undefined, window: Window): boolean =>
  day !== undefined && day !== '' && day.slice(0, 10) >= window.from && day.slice(0, 10) <= window.to;

const halfUp = (top: bigint, bottom: bigint): bigint => scaled(fraction(top, bottom), 0);

/** The fen of one person's share: by largest remainder, then by userid; the shares of a deal sum to its amount. */
export function shareOf(amountFen: bigint, credits: ReadonlyMap<string, bigint>, userid: string): bigint {
  const parts = [...credits].map(([who, bp]) => ({
    who,
    fen: (amountFen * bp) / 10_000n,
    left: (amountFen * bp) % 10_000n,
  }));
  let missing = amountFen - parts.reduce((sum, part) => sum + part.fen, 0n);
  for (const part of [...parts].sort((a, b) =>
    a.left === b.left ? (a.who < b.who ? -1 : 1) : a.left > b.left ? -1 : 1,
  )) {
    if (missing === 0n) break;
    part.fen += 1n;
    missing -= 1n;
  }
  return parts.find((part) => part.who === userid)?.fen ?? 0n;
}

function commission(
  facts: OracleFacts,
  userid: string,
  window: Window,
  component: { id: string; rateBp: number },
): OracleLine[] {
  return facts.deals
    .filter((deal) => deal.status === 'won' && within(deal.closedOn, window) && deal.credits.has(userid))
    .map((deal) => {
      const share = shareOf(deal.amountFen ?? 0n, deal.credits, userid);
      return {
        component: component.id,
        source: deal.id,
        fen: halfUp(share * BigInt(component.rateBp), 10_000n),
      };
    });
}

function bonus(
  own: readonly Row[],
  component: Extract<OracleComponent, { kind: 'satisfaction_bonus' }>,
  period: string,
): OracleLine[] {
  const scores = own.filter((row) => row.score).map((row): Fraction => parseFraction(row.score ?? ''));
  if (scores.length < component.minCount || scores.length === 0) return [];
  const mean = divide(sumOf(scores), fraction(scores.length));
  const reached = component.steps.filter((step) => !isLess(mean, parseFraction(String(step.atLeast))));
  const fen = reached.reduce((most, step) => Math.max(most, step.amountFen), 0);
  return fen === 0 ? [] : [{ component: component.id, source: period, fen: BigInt(fen) }];
}

/** Lines of one person's quarter under one plan's components; no caps, refunds or index, which the demo's do not need. */
export function linesOf(
  facts: OracleFacts,
  userid: string,
  quarter: { readonly period: string; readonly window: Window },
  components: readonly OracleComponent[],
): OracleLine[] {
  const { window, period } = quarter;
  const mine = (rows: readonly Row[], day: string): Row[] =>
    rows.filter((row) => row.employee === userid && within(row[day], window));
  return components.flatMap((component): OracleLine[] => {
    if (component.kind === 'revenue_commission') return commission(facts, userid, window, component);
    if (component.kind === 'satisfaction_bonus')
      return bonus(mine(facts.feedback, 'given_on'), component, period);
    if (component.kind === 'renewal_commission') {
      return mine(facts.renewals, 'renewed_on').map((row) => ({
        component: component.id,
        source: row.renewal_id ?? '',
        fen: halfUp(toFen(row.amount ?? '0') * BigInt(component.rateBp) * BigInt(row.years || '1'), 10_000n),
      }));
    }
    if (component.kind === 'coordination_reward') {
      return mine(facts.collaborations, 'resolved_at')
        .filter((row) => row.solved === '是')
        .map((row) => ({
          component: component.id,
          source: row.collaboration_id ?? '',
          fen: BigInt(component.amountFen),
        }));
    }
    return [];
  });
}

export const totalFen = (lines: readonly OracleLine[]): bigint =>
  lines.reduce((sum, line) => sum + line.fen, 0n);

/** Leavers ÷ mean of opening and closing headcount; a person leaves at the end of the last working day. */
export function turnoverOf(
  people: readonly { readonly hiredOn: string | null; readonly leftOn: string | null }[],
  window: { readonly openingOn: string; readonly to: string },
): { leavers: number; headcount: Fraction } {
  const at = (day: string): number =>
    people.filter(
      (person) => (person.hiredOn ?? '') <= day && (person.leftOn === null || person.leftOn > day),
    ).length;
  const leavers = people.filter(
    ({ leftOn }) => leftOn !== null && leftOn > window.openingOn && leftOn <= window.to,
  ).length;
  return {
    leavers,
    headcount: divide(add(fraction(at(window.openingOn)), fraction(at(window.to))), fraction(2)),
  };
}
