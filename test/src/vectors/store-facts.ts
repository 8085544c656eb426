import type { Database, SqlScalar } from '@shigang/server';
import { parseDecimal, quarterIndexOfDay } from '@shigang/shared';
import type { MatchVector } from './match-facts.ts';

const dayOrNull = (text: string): string | null => (text === '' ? null : text);
const quarterOrNone = (day: string | null): number => (day === null ? 9_999 : quarterIndexOfDay(day));
const fenOf = (text: string): number | null => (text === '' ? null : parseDecimal(text, 2));
const NOW = '2026-10-12 01:30:00.000';

/** People of a worked case: in service, in one department, with their employment and role histories. */
export async function storePeople(
  db: Database,
  vector: Pick<MatchVector, 'employees' | 'roles'>,
  deptOf: (userId: string) => number = () => 10,
): Promise<void> {
  await db.insertMany(
    'employees',
    ['user_id', 'name', 'job_number', 'main_dept_id', 'hired_on', 'active', 'updated_at'],
    vector.employees.map((one) => [one.userid, `名${one.userid}`, `J-${one.userid}`, deptOf(one.userid), one.hiredOn, 1, NOW]),
  );
  await db.insertMany(
    'employment_periods',
    ['user_id', 'hired_on'],
    vector.employees.map((one) => [one.userid, one.hiredOn]),
  );
  await db.insertMany(
    'role_assignments',
    ['user_id', 'valid_from', 'role', 'source'],
    vector.roles.map((one) => [one.employee, one.valid_from, one.role, 'import']),
  );
}

/** Facts of a worked case as an import would store them; ids are numbered where the case has none. */
export async function storeFacts(db: Database, vector: MatchVector): Promise<void> {
  await db.insertMany(
    'deals',
    ['deal_id', 'user_id', 'amount_fen', 'status', 'opened_on', 'closed_on', 'stated_segment', 'opened_q', 'closed_q'],
    vector.deals.map((deal, index): SqlScalar[] => {
      const [openedOn, closedOn] = [dayOrNull(deal.opened_on), dayOrNull(deal.closed_on)];
      const closed = deal.status === 'open' ? null : closedOn;
      return [
        `D${index}`,
        deal.employee,
        fenOf(deal.amount),
        deal.status,
        openedOn,
        closed,
        deal.segment ?? null,
        quarterOrNone(openedOn),
        quarterOrNone(closed),
      ];
    }),
  );
  await db.insertMany(
    'renewals',
    ['renewal_id', 'user_id', 'due_on', 'renewed', 'due_q'],
    vector.renewals.map((row, index) => [
      `R${index}`,
      row.employee,
      row.due_on,
      row.renewed === '是' ? 1 : 0,
      quarterIndexOfDay(row.due_on),
    ]),
  );
  await db.insertMany(
    'feedback',
    ['feedback_id', 'user_id', 'given_on', 'score_tenths', 'given_q'],
    vector.feedback.map((row, index) => [
      `F${index}`,
      row.employee,
      row.given_on,
      parseDecimal(row.score, 1),
      quarterIndexOfDay(row.given_on),
    ]),
  );
  await storeCollaborations(db, vector);
  await db.insertMany(
    'trainings',
    ['user_id', 'course', 'finished_on', 'passed'],
    (vector.trainings ?? []).map((row) => [row.employee, row.course, row.finished_on, row.passed === '是' ? 1 : 0]),
  );
  await db.insertMany(
    'assessments',
    ['user_id', 'dimension', 'taken_on', 'score_ten_thousandths'],
    vector.assessments.map((row) => [row.employee, row.dimension, row.taken_on, row.score * 10_000]),
  );
}

async function storeCollaborations(db: Database, vector: MatchVector): Promise<void> {
  const columns = [
    'collaboration_id',
    'user_id',
    'requested_at',
    'responded_at',
    'resolved_at',
    'solved',
    'requested_q',
    'resolved_q',
    'response_sec',
  ];
  const wallMs = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00Z`);
  await db.insertMany(
    'collaborations',
    columns,
    vector.collaborations.map((row, index): SqlScalar[] => {
      const responded = dayOrNull(row.responded_at);
      const resolved = dayOrNull(row.resolved_at);
      return [
        `C${index}`,
        row.employee,
        row.requested_at,
        responded,
        resolved,
        resolved === null ? null : row.solved === '是' ? 1 : 0,
        quarterIndexOfDay(row.requested_at.slice(0, 10)),
        resolved === null ? 9_999 : quarterIndexOfDay(resolved.slice(0, 10)),
        responded === null ? null : (wallMs(responded) - wallMs(row.requested_at)) / 1_000,
      ];
    }),
  );
}

const TABLES = [
  'employees',
  'employment_periods',
  'role_assignments',
  'deals',
  'renewals',
  'feedback',
  'collaborations',
  'trainings',
  'assessments',
  'attendance_days',
  'role_models',
  'profiles',
  'team_averages',
  'dirty_marks',
];

/** Empties what {@link storePeople}, {@link storeFacts} and a rebuild write: a database is dear, rows are cheap. */
export async function clearFacts(db: Database): Promise<void> {
  for (const table of TABLES) await db.execute(`DELETE FROM ${table}`);
}
