import {
  courseMetric,
  assessmentMetric,
  dayNumber,
  followupEnd,
  isMetricId,
  segmentOf,
  type DealStatus,
  type EvidenceKind,
  type Fen,
  type MetricId,
  type Segment,
} from '@shigang/shared';
import type { Predicate } from '../../access/index.ts';
import type { Sql, SqlScalar } from '../../platform/database.ts';
import { peopleRange, type GatherPlan } from './gather.ts';

/** Records behind one metric, newest first; all of one kind. */
export interface EvidenceIds {
  readonly kind: EvidenceKind;
  readonly ids: readonly string[];
}

/** Evidence of one person by metric; a metric without records has no entry. */
export type PersonEvidence = ReadonlyMap<MetricId, EvidenceIds>;

interface Found {
  readonly kind: EvidenceKind;
  readonly id: string;
  /** Day that sorts it. */
  readonly on: string;
}

/**
 * Which records lie behind the metrics of these people (in order of userid): the same rules as the sums, with the ids. Read when somebody opens it, and frozen when a cycle is published (spec "metrics").
 */
export async function evidenceIds(
  sql: Sql,
  plan: GatherPlan,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, PersonEvidence>> {
  if (userIds.length === 0) return new Map();
  const finder = new EvidenceFinder(sql, plan, userIds);
  await finder.findDeals();
  await finder.findRoles();
  await finder.findCollaborations();
  await finder.findCustomers();
  await finder.findLearning();
  return finder.result();
}

class EvidenceFinder {
  readonly #sql: Sql;
  readonly #plan: GatherPlan;
  readonly #of: Predicate;
  readonly #wanted: ReadonlySet<string>;
  readonly #found = new Map<string, Map<MetricId, Found[]>>();

  constructor(sql: Sql, plan: GatherPlan, userIds: readonly string[]) {
    this.#sql = sql;
    this.#plan = plan;
    this.#of = peopleRange(userIds);
    this.#wanted = new Set(userIds);
  }

  async findDeals(): Promise<void> {
    const { window, bounds, closedQuarters } = this.#plan;
    await this.#each(
      `SELECT user_id, deal_id, stated_segment, amount_fen, status, opened_on, closed_on FROM deals
       WHERE closed_q IN (?) AND ${this.#of.sql}`,
      [closedQuarters, ...this.#of.params],
      (userId, row) => {
        const [id, stated, amount, status, opened, closed] = row.slice(1);
        const segment = segmentOf(
          {
            status: status as DealStatus,
            statedSegment: stated as Segment | null,
            amountFen: amount as Fen | null,
          },
          bounds,
        );
        if (segment !== 'small' && segment !== 'large') return;
        const closedDay = status === 'open' || closed === null ? null : dayNumber(String(closed));
        const found: Found = { kind: 'deal', id: String(id), on: String(closed ?? opened) };
        const openedDay = opened === null ? null : dayNumber(String(opened));
        if (closedDay !== null && closedDay >= window.firstDay && closedDay <= window.lastDay) {
          this.#add(userId, `${segment}_deal_win_rate`, found);
          if (segment === 'small' && status === 'won' && openedDay !== null) {
            this.#add(userId, 'small_deal_cycle_days', found);
          }
        }
        if (segment === 'large' && followupEnd(window, openedDay, closedDay) !== null) {
          this.#add(userId, 'large_followup_days', found);
        }
      },
    );
  }

  /** Tenure rests on the first won large deal or on the time in the role, whichever is more. */
  async findRoles(): Promise<void> {
    const { window, bounds } = this.#plan;
    const firstWon = new Map<string, { id: string; on: string }>();
    await this.#each(
      `SELECT user_id, deal_id, closed_on FROM deals
       WHERE status = 'won' AND ${this.#of.sql}
         AND (stated_segment = 'large' OR (stated_segment IS NULL AND amount_fen >= ?)) AND closed_on <= ?`,
      [...this.#of.params, bounds.largeFromFen, window.lastOn],
      (userId, row) => {
        const [id, on] = [String(row[1]), String(row[2])];
        const known = firstWon.get(userId);
        if (!known || on < known.on || (on === known.on && id < known.id)) firstWon.set(userId, { id, on });
      },
    );
    const held = new Map<string, { role: string; from: string }[]>();
    await this.#each(
      `SELECT user_id, role, valid_from FROM role_assignments
       WHERE ${this.#of.sql} AND valid_from <= ? ORDER BY user_id, valid_from`,
      [...this.#of.params, window.lastOn],
      (userId, row) => {
        const history = held.get(userId) ?? [];
        held.set(userId, [...history, { role: String(row[1]), from: String(row[2]) }]);
      },
    );
    for (const userId of new Set([...firstWon.keys(), ...held.keys()])) {
      this.#addTenure(userId, held.get(userId) ?? [], firstWon.get(userId));
    }
  }

  async findCollaborations(): Promise<void> {
    const { quarters } = this.#plan;
    await this.#each(
      `SELECT user_id, collaboration_id, requested_at, response_sec FROM collaborations
       WHERE requested_q IN (?) AND ${this.#of.sql}`,
      [quarters, ...this.#of.params],
      (userId, row) => {
        const found: Found = { kind: 'collaboration', id: String(row[1]), on: instantText(row[2]) };
        this.#add(userId, 'collaborations_per_month', found);
        if (row[3] !== null) this.#add(userId, 'collaboration_response_hours', found);
      },
    );
    await this.#each(
      `SELECT user_id, collaboration_id, resolved_at FROM collaborations
       WHERE resolved_q IN (?) AND ${this.#of.sql}`,
      [quarters, ...this.#of.params],
      (userId, row) =>
        this.#add(userId, 'collaboration_solved_rate', {
          kind: 'collaboration',
          id: String(row[1]),
          on: instantText(row[2]),
        }),
    );
  }

  async findCustomers(): Promise<void> {
    const { quarters } = this.#plan;
    await this.#each(
      `SELECT user_id, feedback_id, given_on FROM feedback
       WHERE given_q IN (?) AND ${this.#of.sql} AND score_tenths IS NOT NULL`,
      [quarters, ...this.#of.params],
      (userId, row) =>
        this.#add(userId, 'satisfaction_avg', { kind: 'feedback', id: String(row[1]), on: String(row[2]) }),
    );
    await this.#each(
      `SELECT user_id, renewal_id, due_on FROM renewals WHERE due_q IN (?) AND ${this.#of.sql}`,
      [quarters, ...this.#of.params],
      (userId, row) =>
        this.#add(userId, 'renewal_rate', { kind: 'renewal', id: String(row[1]), on: String(row[2]) }),
    );
  }

  async findLearning(): Promise<void> {
    const { window, facts } = this.#plan;
    const listed = new Set(facts.listedCourses);
    await this.#each(
      `SELECT user_id, course, finished_on FROM trainings WHERE ${this.#of.sql} AND finished_on <= ?`,
      [...this.#of.params, window.lastOn],
      (userId, row) => {
        const [course, on] = [String(row[1]), String(row[2])];
        const found: Found = { kind: 'training', id: `${userId}|${course}|${on}`, on };
        if (listed.has(course)) this.#add(userId, 'training_passed', found);
        this.#add(userId, courseMetric(course), found);
      },
    );
    const latest = new Map<string, Found & { readonly userId: string; readonly metric: MetricId }>();
    await this.#each(
      `SELECT user_id, dimension, taken_on FROM assessments
       WHERE ${this.#of.sql} AND taken_on BETWEEN ? AND ? ORDER BY taken_on`,
      [...this.#of.params, window.firstOn, window.lastOn],
      (userId, row) => {
        const [dimension, on] = [String(row[1]), String(row[2])];
        const metric = assessmentMetric(dimension);
        const id = `${userId}|${dimension}|${on}`;
        latest.set(`${userId}|${dimension}`, { kind: 'assessment', id, on, userId, metric });
      },
    );
    for (const found of latest.values()) this.#add(found.userId, found.metric, found);
    await this.#each(
      `SELECT user_id, day FROM attendance_days WHERE ${this.#of.sql} AND day BETWEEN ? AND ?`,
      [...this.#of.params, window.firstOn, window.lastOn],
      (userId, row) => {
        const on = String(row[1]);
        this.#add(userId, 'attendance_rate', { kind: 'attendance', id: `${userId}|${on}`, on });
      },
    );
  }

  result(): Map<string, PersonEvidence> {
    const result = new Map<string, PersonEvidence>();
    for (const [userId, metrics] of this.#found) {
      const person = new Map<MetricId, EvidenceIds>();
      for (const [metric, found] of metrics) {
        found.sort((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on > b.on ? -1 : 1));
        person.set(metric, { kind: found[0]?.kind ?? 'deal', ids: found.map((record) => record.id) });
      }
      result.set(userId, person);
    }
    return result;
  }

  #addTenure(
    userId: string,
    history: readonly { role: string; from: string }[],
    firstWon: { id: string; on: string } | undefined,
  ): void {
    const { lastOn } = this.#plan.window;
    const lastDay = dayNumber(lastOn);
    let inRole = 0;
    history.forEach((entry, position) => {
      if (entry.role !== 'large_account') return;
      inRole += dayNumber(history[position + 1]?.from ?? lastOn) - dayNumber(entry.from);
    });
    if (firstWon && lastDay - dayNumber(firstWon.on) >= inRole) {
      this.#add(userId, 'large_account_tenure_months', { kind: 'deal', ...firstWon });
      return;
    }
    for (const entry of history) {
      if (entry.role !== 'large_account') continue;
      const found: Found = { kind: 'role', id: `${userId}|${entry.from}`, on: entry.from };
      this.#add(userId, 'large_account_tenure_months', found);
    }
  }

  #each(
    query: string,
    params: Parameters<Sql['stream']>[1],
    use: (userId: string, row: SqlScalar[]) => void,
  ): Promise<void> {
    return this.#sql.stream(query, params, (row) => {
      const userId = String(row[0]);
      if (this.#wanted.has(userId)) use(userId, row);
    });
  }

  #add(userId: string, metric: string, found: Found): void {
    if (!isMetricId(metric)) return;
    const person = this.#found.get(userId) ?? new Map<MetricId, Found[]>();
    this.#found.set(userId, person);
    const list = person.get(metric);
    if (list) list.push(found);
    else person.set(metric, [found]);
  }
}

/** DATETIME columns hold Shanghai wall time; only its order matters here. */
const instantText = (value: SqlScalar | undefined): string =>
  value instanceof Date ? value.toISOString() : String(value);
