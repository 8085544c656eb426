import { quarterIndexOfDay } from '@shigang/shared';
import type { SqlScalar } from '../../platform/database.ts';
import type { DirtyMarks } from './dirty-marks.ts';
import { factTables, NO_QUARTER, type FactRow } from './fact-tables.ts';
import type { FactKind } from './fact-types.ts';

/** A row that is new or differs from the stored one. */
export interface RowChange {
  /** Position among the facts of the call. */
  readonly position: number;
  readonly row: SqlScalar[];
  readonly previous: FactRow | null;
}

export interface DealOfReceipt {
  /** People with a share in it. */
  readonly userIds: readonly string[];
  /** Its closing, collection and refund days. */
  readonly days: readonly string[];
}

interface MarkInput {
  readonly kind: FactKind;
  readonly changes: readonly RowChange[];
  readonly deals: ReadonlyMap<string, DealOfReceipt>;
  readonly marks: DirtyMarks;
  readonly currentQuarter: number;
  readonly lockedQuarters: ReadonlySet<number>;
}

/** A row by column names. */
type Get = (column: string) => SqlScalar;

/** What one row, old or new, concerns. */
interface Concern {
  readonly userIds: readonly string[];
  readonly profile: readonly number[];
  readonly statement: readonly number[];
  /** People with a share who are not the record's own. */
  readonly creditIds?: readonly string[];
}

const quarter = (day: SqlScalar): number => (typeof day === 'string' ? quarterIndexOfDay(day) : NO_QUARTER);
const stated = (get: Get): string[] =>
  typeof get('credits') === 'string'
    ? (JSON.parse(String(get('credits'))) as [string, number][]).map(([user]) => user)
    : [];

/** Per kind: who and which quarters a row concerns; `NO_QUARTER` is left out by the caller. */
const concerns: Readonly<Record<FactKind, (get: Get, input: MarkInput) => Concern>> = {
  roles: (get, { currentQuarter }) => {
    const quarters = quartersFrom(quarter(get('valid_from')), currentQuarter);
    return { userIds: [String(get('user_id'))], profile: quarters, statement: quarters };
  },
  deals: (get) => ({
    userIds: [String(get('user_id'))],
    creditIds: stated(get),
    profile: [Number(get('opened_q')), Number(get('closed_q'))],
    statement:
      get('status') === 'won'
        ? [Number(get('closed_q')), quarter(get('collected_on')), quarter(get('refunded_on'))]
        : [],
  }),
  receipts: (get, { deals }) => {
    const deal = deals.get(String(get('deal_id')));
    return {
      userIds: deal?.userIds ?? [],
      profile: [],
      statement: [get('received_on'), ...(deal?.days ?? [])].map(quarter),
    };
  },
  renewals: (get) => ({
    userIds: [String(get('user_id'))],
    creditIds: stated(get),
    profile: [Number(get('due_q'))],
    // The rate counts by the day due, the commission by the day renewed.
    statement: [Number(get('due_q')), quarter(get('renewed_on'))],
  }),
  feedback: (get) => onOneDay(get, 'given_on', true),
  collaborations: (get) => ({
    userIds: [String(get('user_id'))],
    profile: [Number(get('requested_q')), Number(get('resolved_q'))],
    statement: [Number(get('requested_q')), Number(get('resolved_q'))],
  }),
  trainings: (get) => onOneDay(get, 'finished_on', false),
  assessments: (get) => onOneDay(get, 'taken_on', false),
  attendance: (get) => onOneDay(get, 'day', false),
};

function onOneDay(get: Get, column: string, isPriced: boolean): Concern {
  const quarters = [quarter(get(column))];
  return { userIds: [String(get('user_id'))], profile: quarters, statement: isPriced ? quarters : [] };
}

/** A role holds until the next one: every quarter from its start to the present. */
function quartersFrom(first: number, last: number): number[] {
  const quarters = [first];
  for (let next = first + 1; next <= last; next += 1) quarters.push(next);
  return quarters;
}

/**
 * Marks what the changes make stale, both by the old and by the new row.
 * @returns positions of the changes that touch a locked quarter
 */
export function markChanges(input: MarkInput): number[] {
  const inLockedPeriods: number[] = [];
  const indexOf = new Map(factTables[input.kind].columns.map((column, index) => [column, index]));
  for (const { position, row, previous } of input.changes) {
    let touchesLocked = false;
    for (const side of previous ? [row, previous] : [row]) {
      const concern = concerns[input.kind]((column) => side[indexOf.get(column) ?? -1] ?? null, input);
      if (mark(concern, input)) touchesLocked = true;
    }
    if (touchesLocked) inLockedPeriods.push(position);
  }
  return inLockedPeriods;
}

function mark(concern: Concern, { marks, lockedQuarters }: MarkInput): boolean {
  let touchesLocked = false;
  for (const userId of concern.userIds) {
    for (const each of concern.profile) if (each !== NO_QUARTER) marks.add('profile', userId, each);
  }
  for (const each of concern.statement) {
    if (each === NO_QUARTER) continue;
    for (const userId of concern.userIds) marks.add('statement', userId, each);
    for (const userId of concern.creditIds ?? []) marks.add('statement', userId, each);
    if (lockedQuarters.has(each)) touchesLocked = true;
  }
  return touchesLocked;
}
