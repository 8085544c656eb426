import { addDays, daysBetween, earlierOf, laterOf } from '../story/calendar.ts';
import type { Row } from '../story/rows.ts';
import type { OracleDeal, OracleFacts, OraclePerson, OracleSegment } from './facts.ts';
import { divide, fraction, rounded, sumOf, ZERO, type Fraction } from './fraction.ts';

/** First and last day, both included. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** A metric as stored: rounded half up to four decimals. */
export interface Measured {
  readonly value: Fraction;
  readonly n: number;
}

export type Metrics = ReadonlyMap<string, Measured>;

const within = (day: string | undefined, window: Window): boolean =>
  day !== undefined && day !== '' && day.slice(0, 10) >= window.from && day.slice(0, 10) <= window.to;

/** The window of `quarters` quarters that ends with the period, e.g. 2025-10-01 to 2026-09-30 for 2026Q3 and 4. */
export function windowOf(period: string, quarters: number): Window {
  const year = Number(period.slice(0, 4));
  const quarter = Number(period.slice(5));
  const monthAfter = (months: number): string => {
    const month = year * 12 + quarter * 3 - months;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
  };
  return { from: monthAfter(quarters * 3), to: addDays(monthAfter(0), -1) };
}

const mean = (values: readonly Fraction[]): Measured | null =>
  values.length === 0 ? null : { value: divide(sumOf(values), fraction(values.length)), n: values.length };

const rate = (part: number, whole: number): Measured | null =>
  whole === 0 ? null : { value: fraction(part, whole), n: whole };

/** Employed months of the window: a calendar month counts as employed days ÷ its days. */
export function employedMonths(person: OraclePerson, window: Window): Fraction {
  const from = laterOf(window.from, person.hiredOn ?? window.from);
  const to = earlierOf(window.to, person.leftOn ?? window.to);
  const parts: Fraction[] = [];
  for (let first = `${from.slice(0, 7)}-01`; first <= to;) {
    const next = `${addDays(first, 31).slice(0, 7)}-01`;
    const days = daysBetween(laterOf(first, from), earlierOf(addDays(next, -1), to)) + 1;
    if (days > 0) parts.push(fraction(days, daysBetween(first, next)));
    first = next;
  }
  return sumOf(parts);
}

function dealMetrics(own: readonly OracleDeal[], window: Window): Record<string, Measured | null> {
  const closed = (segment: OracleSegment): OracleDeal[] =>
    own.filter((deal) => deal.segment === segment && deal.status !== 'open' && within(deal.closedOn, window));
  const isWon = (deal: OracleDeal): boolean => deal.status === 'won';
  const daysOf = (deal: OracleDeal): Fraction => fraction(daysBetween(deal.openedOn, deal.closedOn));
  const small = closed('small');
  const large = closed('large');
  const stillOpen = own.filter(
    (deal) =>
      deal.segment === 'large' &&
      within(deal.openedOn, window) &&
      (deal.status === 'open' || deal.closedOn === '' || deal.closedOn > window.to),
  );
  return {
    small_deal_win_rate: rate(small.filter(isWon).length, small.length),
    small_deal_cycle_days: mean(small.filter((deal) => isWon(deal) && deal.openedOn !== '').map(daysOf)),
    large_deal_win_rate: rate(large.filter(isWon).length, large.length),
    large_followup_days: mean([
      ...large.filter((deal) => deal.openedOn !== '').map(daysOf),
      ...stillOpen.map((deal) => fraction(daysBetween(deal.openedOn, window.to))),
    ]),
  };
}

function tenure(own: readonly OracleDeal[], roles: readonly Row[], to: string): Measured | null {
  const held = roles
    .filter((role) => (role.valid_from ?? '') <= to)
    .sort((a, b) => ((a.valid_from ?? '') < (b.valid_from ?? '') ? -1 : 1));
  const inRole = held.reduce((days, role, index) => {
    if (role.role !== 'large_account') return days;
    return days + daysBetween(role.valid_from ?? '', held[index + 1]?.valid_from ?? to);
  }, 0);
  const won = own.filter((deal) => deal.status === 'won' && deal.segment === 'large' && deal.closedOn <= to);
  const first = won.map((deal) => deal.closedOn).sort()[0];
  if (held.length === 0 && first === undefined) return null;
  const days = Math.max(inRole, first === undefined ? 0 : daysBetween(first, to));
  return { value: divide(fraction(days), fraction(304_375, 10_000)), n: 1 };
}

const minutes = (from: string, to: string): number =>
  daysBetween(from.slice(0, 10), to.slice(0, 10)) * 1440 + minuteOf(to) - minuteOf(from);

const minuteOf = (time: string): number => Number(time.slice(11, 13)) * 60 + Number(time.slice(14, 16));

function collaborationMetrics(
  facts: OracleFacts,
  person: OraclePerson,
  window: Window,
): Record<string, Measured | null> {
  const own = facts.collaborations.filter((row) => row.employee === person.userid);
  const requested = own.filter((row) => within(row.requested_at, window));
  const answered = requested.filter((row) => row.responded_at);
  const resolved = own.filter((row) => within(row.resolved_at, window));
  const anyRecorded = facts.collaborations.some((row) => within(row.requested_at, window));
  const months = employedMonths(person, window);
  return {
    collaborations_per_month:
      anyRecorded && months.n > 0n
        ? { value: divide(fraction(requested.length), months), n: requested.length }
        : null,
    collaboration_response_hours: mean(
      answered.map((row) => fraction(minutes(row.requested_at ?? '', row.responded_at ?? ''), 60)),
    ),
    collaboration_solved_rate: rate(resolved.filter((row) => row.solved === '是').length, resolved.length),
  };
}

function assessmentMetrics(rows: readonly Row[], window: Window): Record<string, Measured | null> {
  const latest = new Map<string, Row>();
  for (const row of rows.filter((each) => within(each.taken_on, window))) {
    const before = latest.get(row.dimension ?? '');
    if (!before || (before.taken_on ?? '') < (row.taken_on ?? '')) latest.set(row.dimension ?? '', row);
  }
  return Object.fromEntries(
    [...latest].map(([dimension, row]) => [
      `assessment:${dimension}`,
      { value: fraction(Number(row.score)), n: 1 },
    ]),
  );
}

/** All metrics of one person that facts can give, absent ones left out. */
export function metricsOf(facts: OracleFacts, person: OraclePerson, window: Window): Metrics {
  const mine = (rows: readonly Row[]): Row[] => rows.filter((row) => row.employee === person.userid);
  const deals = facts.deals.filter((deal) => deal.userid === person.userid);
  const due = mine(facts.renewals).filter((row) => within(row.due_on, window));
  const scores = mine(facts.feedback).filter((row) => within(row.given_on, window) && row.score);
  const all: Record<string, Measured | null> = {
    ...assessmentMetrics(mine(facts.assessments), window),
    ...dealMetrics(deals, window),
    ...collaborationMetrics(facts, person, window),
    large_account_tenure_months: tenure(deals, mine(facts.roles), window.to),
    renewal_rate: rate(due.filter((row) => row.renewed === '是').length, due.length),
    satisfaction_avg: mean(scores.map((row) => fraction(Number((row.score ?? '').replace('.', '')), 10))),
  };
  return new Map(
    Object.entries(all).flatMap(([metric, measured]) =>
      measured === null ? [] : [[metric, { value: rounded(measured.value, 4), n: measured.n }] as const],
    ),
  );
}

/** Mean of the stored values of those who have the metric, four decimals; the people are the team's. */
export function teamAverage(metrics: readonly Metrics[], metric: string): Fraction {
  const values = metrics.flatMap((each) => each.get(metric)?.value ?? []);
  return values.length === 0 ? ZERO : rounded(divide(sumOf(values), fraction(values.length)), 4);
}
