import type { Predicate } from '../../access/index.ts';
import type { Database } from '../../platform/database.ts';

/** Kinds of records that a figure can rest on. */
export type RecordKind = 'deal' | 'renewal' | 'feedback' | 'collaboration' | 'training' | 'assessment';

export type RecordOutcome =
  | 'won'
  | 'lost'
  | 'open'
  | 'renewed'
  | 'not_renewed'
  | 'solved'
  | 'unsolved'
  | 'pending'
  | 'passed'
  | 'not_passed';

/** One record as an evidence list shows it; only what its kind has is set. */
export interface FactRecord {
  readonly kind: RecordKind;
  /** The natural key: an id of the source, or `userid|course|day` for trainings and assessments. */
  readonly id: string;
  readonly userId: string;
  /** The day that places it: closed (open deal: opened), due, given, requested, finished, taken. */
  readonly on: string | null;
  /** Customer, department asked, course or dimension. */
  readonly title: string | null;
  readonly outcome: RecordOutcome | null;
  readonly amountFen: number | null;
  readonly scoreTenths: number | null;
  /** Assessment score in ten-thousandths. */
  readonly scoreTenThousandths: number | null;
  /** Seconds from request to response. */
  readonly responseSec: number | null;
  readonly openedOn: string | null;
  /** Feedback text, product of a deal, or subject of a request. */
  readonly text: string | null;
}

/** Which people's records the asker may see: a predicate on the column that holds the userid. */
export type SeenBy = (column: string) => Predicate;

/** Records asked for in one call; an evidence page shows at most 200. */
const MAX_IDS = 1_000;

const NONE = 'NULL';
interface Shape {
  readonly table: string;
  readonly id: string;
  readonly on: string;
  readonly title: string;
  readonly outcome: string;
  readonly amount?: string;
  readonly tenths?: string;
  readonly tenThousandths?: string;
  readonly seconds?: string;
  readonly opened?: string;
  readonly text?: string;
}

const shapes: Readonly<Record<RecordKind, Shape>> = {
  deal: {
    table: 'deals',
    id: 'deal_id',
    on: 'COALESCE(closed_on, opened_on)',
    title: 'customer',
    outcome: 'status',
    amount: 'amount_fen',
    opened: 'opened_on',
    text: 'product',
  },
  renewal: {
    table: 'renewals',
    id: 'renewal_id',
    on: 'due_on',
    title: 'customer',
    outcome: "IF(renewed = 1, 'renewed', 'not_renewed')",
    amount: 'amount_fen',
  },
  feedback: {
    table: 'feedback',
    id: 'feedback_id',
    on: 'given_on',
    title: 'customer',
    outcome: NONE,
    tenths: 'score_tenths',
    text: 'text',
  },
  collaboration: {
    table: 'collaborations',
    id: 'collaboration_id',
    on: 'CAST(requested_at AS CHAR(10))',
    title: 'to_department',
    outcome: "IF(resolved_at IS NULL, 'pending', IF(solved = 1, 'solved', 'unsolved'))",
    seconds: 'response_sec',
    text: 'subject',
  },
  training: {
    table: 'trainings',
    id: "CONCAT(user_id, '|', course, '|', finished_on)",
    on: 'finished_on',
    title: 'course',
    outcome: "IF(passed = 1, 'passed', 'not_passed')",
  },
  assessment: {
    table: 'assessments',
    id: "CONCAT(user_id, '|', dimension, '|', taken_on)",
    on: 'taken_on',
    title: 'dimension',
    outcome: NONE,
    tenThousandths: 'score_ten_thousandths',
  },
};

/**
 * The records of these ids that the asker may see, newest first; others are left out without a word.
 * @throws TypeError for more than {@link MAX_IDS} ids
 */
export async function recordsOf(
  db: Database,
  kind: RecordKind,
  ids: readonly string[],
  seen: SeenBy,
): Promise<FactRecord[]> {
  if (ids.length === 0) return [];
  if (ids.length > MAX_IDS) throw new TypeError(`at most ${MAX_IDS} records at once`);
  const shape = shapes[kind];
  const may = seen('user_id');
  const byKey = shape.id.startsWith('CONCAT')
    ? keyedByPerson(kind, ids)
    : { sql: `${shape.id} IN (?)`, params: [ids] };
  const rows = await db.select<Omit<FactRecord, 'kind'>>(
    `SELECT ${shape.id} AS id, user_id AS userId, ${shape.on} AS \`on\`, ${shape.title} AS title, ${shape.outcome} AS outcome,
       ${shape.amount ?? NONE} AS amountFen, ${shape.tenths ?? NONE} AS scoreTenths,
       ${shape.tenThousandths ?? NONE} AS scoreTenThousandths, ${shape.seconds ?? NONE} AS responseSec,
       ${shape.opened ?? NONE} AS openedOn, ${shape.text ?? NONE} AS text
     FROM ${shape.table} WHERE ${byKey.sql} AND ${may.sql} ORDER BY 3 DESC, 1`,
    [...byKey.params, ...may.params],
  );
  return rows.map((row) => ({ kind, ...row }));
}

/** Trainings and assessments have no id of their own: the parts of the key find them by the primary key. */
function keyedByPerson(kind: RecordKind, ids: readonly string[]): Predicate {
  const columns = kind === 'training' ? '(user_id, course, finished_on)' : '(user_id, dimension, taken_on)';
  const keys = ids.map((id) => {
    const parts = id.split('|');
    return [parts[0] ?? '', parts.slice(1, -1).join('|'), parts.at(-1) ?? ''];
  });
  return { sql: `${columns} IN (?)`, params: [keys as unknown as string[]] };
}
