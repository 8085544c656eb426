import {
  dayNumber,
  MetricSums,
  readings,
  roleRecords,
  setBehind,
  setsBehind,
  sumLayout,
  type EvidenceIds,
  type MetricId,
  type MetricRecord,
  type MetricSet,
  type Reading,
  type ReadingName,
  type RoleSince,
  type SalesRole,
} from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import { peopleRange, type GatherPlan } from './gather-plan.ts';
import { queriedReadings } from './metric-sources.ts';
import { readWithIds, type ReadingChunk, type RecordKey } from './read-metric-records.ts';

/** Evidence of one person by metric; a metric without records has no entry. */
export type PersonEvidence = ReadonlyMap<MetricId, EvidenceIds>;

/**
 * Which records lie behind the metrics of these people (in order of userid): the sets of which the sums are made, with
 * the ids. Read when somebody opens it, and frozen when a cycle is published.
 */
export async function evidenceIds(
  sql: Sql,
  plan: GatherPlan,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, PersonEvidence>> {
  if (userIds.length === 0) return new Map();
  const index = new Map(userIds.map((userId, position) => [userId, position]));
  const chunk: ReadingChunk = { plan, index, of: peopleRange(userIds) };
  const finder = new EvidenceFinder(plan, userIds);
  for (const name of queriedReadings) {
    await readWithIds(sql, name, chunk, (key, person, record, parameter) =>
      finder.take(name, { key, person, record, parameter }),
    );
  }
  await readRoles(sql, chunk, finder);
  return finder.result();
}

/** Role histories as far as the period end. */
async function readRoles(sql: Sql, { plan, index, of }: ReadingChunk, finder: EvidenceFinder): Promise<void> {
  const held = new Map<number, (RoleSince & { readonly key: RecordKey })[]>();
  await sql.stream(
    `SELECT user_id, role, valid_from FROM role_assignments
     WHERE ${of.sql} AND valid_from <= ? ORDER BY user_id, valid_from`,
    [...of.params, plan.window.lastOn],
    (row) => {
      const person = index.get(String(row[0]));
      if (person === undefined) return;
      const on = String(row[2]);
      const history = held.get(person) ?? [];
      held.set(person, history);
      const key = { id: `${String(row[0])}|${on}`, on };
      history.push({ role: row[1] as SalesRole, validFrom: dayNumber(on), key });
    },
  );
  for (const [person, history] of held) {
    roleRecords(history).forEach((record, position) => {
      const key = history[position]?.key;
      if (key) finder.take('roles', { key, person, record, parameter: undefined });
    });
  }
}

interface Taken {
  readonly key: RecordKey;
  readonly person: number;
  readonly record: MetricRecord;
  readonly parameter: string | undefined;
}

/** Records found of one set of a metric. */
interface Found {
  readonly set: MetricSet;
  readonly keys: RecordKey[];
}

class EvidenceFinder {
  readonly #userIds: readonly string[];
  readonly #sums: MetricSums;
  readonly #sets: ReadonlyMap<ReadingName, readonly MetricSet[]>;
  /** Of each person by metric, and by the set's position among the metric's. */
  readonly #found: readonly Map<MetricId, Found[]>[];

  constructor(plan: GatherPlan, userIds: readonly string[]) {
    this.#userIds = userIds;
    this.#sums = new MetricSums(sumLayout(plan.facts), plan.window, userIds.length);
    this.#sets = byReading(setsBehind(plan.window, plan.facts));
    this.#found = userIds.map(() => new Map());
  }

  take(reading: ReadingName, { key, person, record, parameter }: Taken): void {
    this.#sums.add(reading, person, record, parameter);
    for (const set of this.#sets.get(reading) ?? []) {
      const metric = set.metricOf(parameter);
      if (metric !== null && set.has(record)) this.#note({ person, metric, set }, key);
    }
  }

  result(): Map<string, PersonEvidence> {
    const result = new Map<string, PersonEvidence>();
    this.#userIds.forEach((userId, person) => {
      const evidence = new Map<MetricId, EvidenceIds>();
      for (const [metric, found] of this.#found[person] ?? []) {
        const behind = found[this.#positionBehind(person, found)];
        if (behind === undefined) continue;
        const { kind } = readings[behind.set.reading];
        evidence.set(metric, { kind, ids: behind.keys.sort(newestFirst).map((key) => key.id) });
      }
      if (evidence.size > 0) result.set(userId, evidence);
    });
    return result;
  }

  #note(of: { person: number; metric: MetricId; set: MetricSet }, key: RecordKey): void {
    const person = this.#found[of.person];
    const found = person?.get(of.metric) ?? [];
    person?.set(of.metric, found);
    const { keys } = (found[of.set.position] ??= { set: of.set, keys: [] });
    const { keeps } = readings[of.set.reading] as Reading;
    const known = keys[0];
    if (keeps === undefined || known === undefined) keys.push(key);
    else if (keeps.end === 'first' ? isEarlier(key, known) : key.on > known.on) keys[0] = key;
  }

  #positionBehind(person: number, found: readonly (Found | undefined)[]): number {
    const metric = found.find((one) => one !== undefined)?.set.metric ?? -1;
    return metric < 0 ? 0 : setBehind(this.#sums, person, metric);
  }
}

function byReading(sets: readonly MetricSet[]): Map<ReadingName, MetricSet[]> {
  const map = new Map<ReadingName, MetricSet[]>();
  for (const set of sets) map.set(set.reading, [...(map.get(set.reading) ?? []), set]);
  return map;
}

const isEarlier = (a: RecordKey, b: RecordKey): boolean => a.on < b.on || (a.on === b.on && a.id < b.id);

/** Newest first, of one day by id. */
const newestFirst = (a: RecordKey, b: RecordKey): number =>
  a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on > b.on ? -1 : 1;
