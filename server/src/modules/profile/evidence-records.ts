import { daysBetween, divHalfUp, salesRoleNames, type SalesRole } from '@shigang/shared';
import type { EvidenceRecord } from '@shigang/shared/answers';
import type { Predicate } from '../../access/index.ts';
import type { Database } from '../../platform/database.ts';
import type { FactRecord, Facts } from '../facts/index.ts';
import type { EvidenceIds } from './evidence-ids.ts';

export interface RecordsRequest {
  readonly evidence: EvidenceIds;
  /** The period end: an open deal has been followed up to it. */
  readonly windowTo: string;
  readonly seen: (column: string) => Predicate;
}

interface EvidenceDeps {
  readonly db: Database;
  readonly facts: Facts;
}

/** The records of these ids that the asker may see, newest first; one that is gone by now is left out. */
export async function evidenceRecords(
  deps: EvidenceDeps,
  request: RecordsRequest,
): Promise<EvidenceRecord[]> {
  const { kind, ids } = request.evidence;
  if (kind === 'role') return roleRecords(deps.db, request);
  if (kind === 'attendance') return attendanceRecords(deps.db, request);
  const records = await deps.facts.recordsOf(kind, ids, request.seen);
  return records.map((record) => fromFact(record, request.windowTo));
}

const blank = {
  title: null,
  outcome: null,
  amountFen: null,
  scoreTenths: null,
  days: null,
  hoursHundredths: null,
  text: null,
} as const;

function fromFact(record: FactRecord, windowTo: string): EvidenceRecord {
  const { kind, id, title, outcome, amountFen, text, openedOn } = record;
  const on = record.on ?? openedOn ?? windowTo;
  const endOn = outcome === 'open' ? windowTo : on;
  return {
    kind,
    id,
    on,
    title,
    outcome,
    amountFen,
    scoreTenths: record.scoreTenths ?? inTenths(record.scoreTenThousandths),
    days: openedOn === null ? null : daysBetween(openedOn, endOn),
    hoursHundredths: record.responseSec === null ? null : divHalfUp(record.responseSec, 36),
    text,
  };
}

const inTenths = (score: number | null): number | null => (score === null ? null : divHalfUp(score, 1_000));

/** Days out of ids like `userid|2026-07-12`; the userid itself may hold the mark. */
const daysOf = (ids: readonly string[]): string[] => ids.map((id) => id.slice(id.lastIndexOf('|') + 1));
const personOf = (ids: readonly string[]): string => ids[0]?.slice(0, ids[0].lastIndexOf('|')) ?? '';

async function roleRecords(db: Database, { evidence, seen }: RecordsRequest): Promise<EvidenceRecord[]> {
  if (evidence.ids.length === 0) return [];
  const may = seen('user_id');
  const rows = await db.select<{ userId: string; role: SalesRole; on: string }>(
    `SELECT user_id AS userId, role, valid_from AS \`on\` FROM role_assignments
     WHERE user_id = ? AND valid_from IN (?) AND ${may.sql} ORDER BY valid_from DESC`,
    [personOf(evidence.ids), daysOf(evidence.ids), ...may.params],
  );
  return rows.map((row) => ({
    ...blank,
    kind: 'role',
    id: `${row.userId}|${row.on}`,
    on: row.on,
    title: salesRoleNames[row.role],
  }));
}

async function attendanceRecords(
  db: Database,
  { evidence, seen }: RecordsRequest,
): Promise<EvidenceRecord[]> {
  if (evidence.ids.length === 0) return [];
  const may = seen('user_id');
  const rows = await db.select<{ userId: string; on: string; worked: number }>(
    `SELECT user_id AS userId, day AS \`on\`, worked_ten_thousandths AS worked FROM attendance_days
     WHERE user_id = ? AND day IN (?) AND ${may.sql} ORDER BY day DESC`,
    [personOf(evidence.ids), daysOf(evidence.ids), ...may.params],
  );
  return rows.map((row) => ({
    ...blank,
    kind: 'attendance',
    id: `${row.userId}|${row.on}`,
    on: row.on,
    outcome: row.worked > 0 ? 'worked' : 'absent',
  }));
}
