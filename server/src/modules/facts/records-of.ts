import type { Predicate } from '../../access/index.ts';
import type { Database } from '../../platform/database.ts';
import { recordShapes } from './kinds/index.ts';
import type { RecordKind, RecordShape } from './kinds/kind.ts';

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
  | 'not_passed'
  | 'worked'
  | 'absent';

/** One record as an evidence list shows it; only what its kind has is set. */
export interface FactRecord {
  readonly kind: RecordKind;
  /** The natural key: an id of the source, or `userid|course|day` and the like where the key has parts. */
  readonly id: string;
  readonly userId: string;
  /** The day that places it: closed (open deal: opened), due, given, requested, finished, taken. */
  readonly on: string | null;
  /** Customer, department asked, course, dimension or role. */
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
  const shape = recordShapes[kind];
  const may = seen(shape.person);
  const byKey = keyIn(shape, ids);
  const rows = await db.select<Omit<FactRecord, 'kind'>>(
    `SELECT ${shape.id} AS id, ${shape.person} AS userId, ${shape.on} AS \`on\`, ${shape.title} AS title,
       ${shape.outcome ?? NONE} AS outcome, ${shape.amountFen ?? NONE} AS amountFen,
       ${shape.scoreTenths ?? NONE} AS scoreTenths, ${shape.scoreTenThousandths ?? NONE} AS scoreTenThousandths,
       ${shape.responseSec ?? NONE} AS responseSec, ${shape.openedOn ?? NONE} AS openedOn, ${shape.text ?? NONE} AS text
     FROM ${shape.table} WHERE ${byKey.sql} AND ${may.sql} ORDER BY 3 DESC, 1`,
    [...byKey.params, ...may.params],
  );
  return rows.map((row) => ({ kind, ...row }));
}

/** Where the id is made of parts, these find the record by the primary key; a middle part may hold the mark itself. */
function keyIn({ id, idParts }: RecordShape, ids: readonly string[]): Predicate {
  if (!idParts) return { sql: `${id} IN (?)`, params: [ids] };
  const keys = ids.map((each) => {
    const parts = each.split('|');
    const last = parts.at(-1) ?? '';
    return idParts.length === 2
      ? [parts.slice(0, -1).join('|'), last]
      : [parts[0] ?? '', parts.slice(1, -1).join('|'), last];
  });
  return { sql: `(${idParts.join(', ')}) IN (?)`, params: [keys as unknown as string[]] };
}
