import type { SalesRole } from '../../messages/words.ts';
import { addDays, type DayString } from '../../period/day.ts';
import { CompiledPlan } from './compiled-plan.ts';
import type { IndexMetric, PlanVersion } from './plan.ts';

/** The day after which nothing is dated. */
export const LAST_DAY = '9999-12-31' as DayString;

/** One plan version covering one role from day to day, both included. */
interface Coverage {
  readonly from: DayString;
  readonly to: DayString;
  readonly plan: CompiledPlan;
}

/** A person's dated roles and the last working days of their employment periods, in any order. */
export interface PersonHistory {
  readonly roles: readonly RoleStart[];
  readonly lastWorkingDays: readonly DayString[];
}

export interface RoleStart {
  readonly role: SalesRole;
  readonly validFrom: DayString;
}

/** Days (both included) on which one plan version prices one person's facts. */
export interface PlanSpan {
  readonly from: DayString;
  readonly to: DayString;
  readonly plan: CompiledPlan;
  /** False after the last working day: facts are priced (`payAfterLeaving`), bonuses are not. */
  readonly isEmployed: boolean;
}

/** Two plans that cover one role on one day. */
export interface RoleOverlap {
  readonly role: SalesRole;
  readonly on: DayString;
  readonly id: string;
  readonly otherId: string;
}

/**
 * The plan versions that have effect, ready to price. Of one plan id the version in force on a day is, of those with
 * the latest `validFrom` on or before it, the highest (a later version takes over as a whole, roles included).
 * Compiled once for everybody. Source: docs/formats.md §4.
 */
export class PlanBook {
  readonly #byRole = new Map<SalesRole, Coverage[]>();
  readonly #plans = new Map<string, CompiledPlan>();

  constructor(versions: readonly PlanVersion[]) {
    for (const plan of versions) this.#plans.set(`${plan.id} ${plan.version}`, new CompiledPlan(plan));
    for (const timeline of timelinesOf(versions)) this.#cover(timeline);
    for (const coverages of this.#byRole.values()) coverages.sort((a, b) => (a.from < b.from ? -1 : 1));
  }

  /** Whether any version measures the metric in a bonus; what nobody measures need not be read. */
  measures(metric: IndexMetric): boolean {
    return [...this.#plans.values()].some((plan) =>
      [...plan.components, ...plan.comparison].some(
        ({ component }) =>
          component.kind === 'weighted_index_bonus' &&
          component.indicators.some((indicator) => indicator.metric === metric),
      ),
    );
  }

  /**
   * The spans of one person in order of time, over their whole history. A role runs from its start to the day before
   * the next start, and ends on the first last working day within it; afterwards only a plan that pays after leaving
   * goes on.
   */
  spansOf(person: PersonHistory): PlanSpan[] {
    const spans: PlanSpan[] = [];
    const roles = [...person.roles].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    for (const [position, { role, validFrom }] of roles.entries()) {
      const next = roles[position + 1];
      const to = next ? addDays(next.validFrom, -1) : LAST_DAY;
      const leaving = firstDayWithin(person.lastWorkingDays, validFrom, to);
      this.#addSpans(spans, role, { from: validFrom, to, leaving });
    }
    return spans;
  }

  #addSpans(
    spans: PlanSpan[],
    role: SalesRole,
    held: { readonly from: DayString; readonly to: DayString; readonly leaving: DayString | null },
  ): void {
    for (const { from, to, plan } of this.#byRole.get(role) ?? []) {
      const first = later(from, held.from);
      const last = earlier(to, held.to);
      const working = held.leaving === null ? last : earlier(last, held.leaving);
      if (first <= working) spans.push(new Span(first, working, plan, true));
      if (held.leaving === null || !plan.payAfterLeaving) continue;
      const after = later(first, addDays(held.leaving, 1));
      if (after <= last) spans.push(new Span(after, last, plan, false));
    }
  }

  #cover(timeline: readonly PlanVersion[]): void {
    for (const [position, version] of timeline.entries()) {
      const next = timeline[position + 1];
      const to = next ? addDays(next.validFrom, -1) : LAST_DAY;
      const plan = this.#plans.get(`${version.id} ${version.version}`);
      if (!plan) continue;
      for (const role of version.roles) {
        const coverages = this.#byRole.get(role) ?? [];
        coverages.push({ from: version.validFrom, to, plan });
        this.#byRole.set(role, coverages);
      }
    }
  }
}

class Span implements PlanSpan {
  constructor(
    readonly from: DayString,
    readonly to: DayString,
    readonly plan: CompiledPlan,
    readonly isEmployed: boolean,
  ) {}
}

/**
 * The first day on which two plan ids would cover one role; null when none does.
 * Source: docs/formats.md §4 (one plan per role on any date).
 */
export function findRoleOverlap(versions: readonly PlanVersion[]): RoleOverlap | null {
  const covered = timelinesOf(versions).flatMap((timeline) =>
    timeline.flatMap((version, position) => {
      const next = timeline[position + 1];
      const to = next ? addDays(next.validFrom, -1) : LAST_DAY;
      return version.roles.map((role) => ({ role, from: version.validFrom, to, id: version.id }));
    }),
  );
  for (const one of covered) {
    for (const other of covered) {
      if (one.id >= other.id || one.role !== other.role) continue;
      const on = later(one.from, other.from);
      if (on <= earlier(one.to, other.to)) return { role: one.role, on, id: one.id, otherId: other.id };
    }
  }
  return null;
}

/** The version of `id` in force on the day, null when none is. */
export function planVersionInForce(
  versions: readonly PlanVersion[],
  id: string,
  on: DayString,
): PlanVersion | null {
  const timeline = timelinesOf(versions.filter((version) => version.id === id))[0] ?? [];
  return timeline.findLast((version) => version.validFrom <= on) ?? null;
}

/** Per plan id the versions that are ever in force, in order of their first day. */
function timelinesOf(versions: readonly PlanVersion[]): PlanVersion[][] {
  const byId = new Map<string, PlanVersion[]>();
  for (const version of versions) byId.set(version.id, [...(byId.get(version.id) ?? []), version]);
  return [...byId.values()].map((all) => {
    const ordered = all.sort((a, b) =>
      a.validFrom === b.validFrom ? a.version - b.version : a.validFrom < b.validFrom ? -1 : 1,
    );
    return ordered.filter((version, position) => ordered[position + 1]?.validFrom !== version.validFrom);
  });
}

function firstDayWithin(days: readonly DayString[], from: DayString, to: DayString): DayString | null {
  let first: DayString | null = null;
  for (const day of days) if (day >= from && day <= to && (first === null || day < first)) first = day;
  return first;
}

const later = (a: DayString, b: DayString): DayString => (a > b ? a : b);
const earlier = (a: DayString, b: DayString): DayString => (a < b ? a : b);
