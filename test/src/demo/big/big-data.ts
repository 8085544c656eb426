import type { Database, SqlScalar } from '@shigang/server';
import { splitCredits } from '@shigang/shared';
import { randomOf } from '../story/random.ts';
import { FACT_COLUMNS, factRow, ORG_COLUMNS, orgRows, type BigDataSize, type BigFact } from './big-rows.ts';

export type { BigDataSize } from './big-rows.ts';

/** The size at which the rebuild is measured. */
export const FULL_SIZE: BigDataSize = {
  employees: 20_000,
  deals: 1_000_000,
  collaborations: 500_000,
  feedback: 300_000,
  renewals: 200_000,
};

/** The same proportions for fewer people. */
export const sizeFor = (employees: number): BigDataSize => ({
  employees,
  deals: employees * 50,
  collaborations: employees * 25,
  feedback: employees * 15,
  renewals: employees * 10,
});

/** Rows held and committed at once: bounds memory and locks, ten statements of the database's own batches. */
const CHUNK = 10_000;
/** Midnight in UTC of the day after the last quarter: the `updated_at` of every row, since data has no clock. */
const WRITTEN_AT = new Date(Date.UTC(2026, 9, 1));

type Row = SqlScalar[];

/**
 * Fills a migrated, empty database with a company of the given size and twelve quarters (2023Q4 to 2026Q3) of facts:
 * departments of 100, roles, one self-assessment for nine of ten, deals with their credits, collaborations, feedback
 * and renewals. The same size and seed give the same rows. Writes to the tables themselves: an import is not measured.
 */
export async function fillBigData(db: Database, size: BigDataSize, seed = 1): Promise<void> {
  await fillOrg(db, size, seed);
  for (const kind of Object.keys(FACT_COLUMNS) as BigFact[]) await fillFacts(db, kind, { size, seed });
  await fillCredits(db);
}

async function fillOrg(db: Database, { employees }: BigDataSize, seed: number): Promise<void> {
  const random = randomOf(`big org ${seed}`);
  await db.insertMany('departments', ORG_COLUMNS.departments, [[1, '大数据公司', null, '[]', WRITTEN_AT]]);
  for (let first = 1; first <= employees; first += CHUNK) {
    const count = Math.min(CHUNK, employees - first + 1);
    const people = Array.from({ length: count }, (_, index) => orgRows(random, first + index, WRITTEN_AT));
    for (const table of Object.keys(ORG_COLUMNS) as (keyof typeof ORG_COLUMNS)[]) {
      await db.insertMany(
        table,
        ORG_COLUMNS[table],
        people.flatMap((person) => person[table]),
      );
    }
  }
}

async function fillFacts(
  db: Database,
  kind: BigFact,
  { size, seed }: { size: BigDataSize; seed: number },
): Promise<void> {
  const random = randomOf(`big ${kind} ${seed}`);
  const rowAt = factRow[kind];
  for (let first = 1; first <= size[kind]; first += CHUNK) {
    const count = Math.min(CHUNK, size[kind] - first + 1);
    const rows = Array.from({ length: count }, (_, index) => rowAt(random, first + index, size.employees));
    await db.transaction((tx) => tx.insertMany(kind, FACT_COLUMNS[kind], rows));
  }
}

/** A row per earning record and employee: most are the owner's alone, which the database writes in key order itself. */
async function fillCredits(db: Database): Promise<void> {
  await db.execute(
    `INSERT INTO deal_credits (user_id, anchor_on, deal_id, bp, share_fen, amount_fen, stated_segment)
     SELECT user_id, closed_on, deal_id, 10000, amount_fen, amount_fen, stated_segment
     FROM deals WHERE status = 'won' AND credits IS NULL ORDER BY user_id, closed_on, deal_id`,
  );
  await db.execute(
    `INSERT INTO renewal_credits (user_id, anchor_on, renewal_id, bp, share_fen, amount_fen, years)
     SELECT user_id, renewed_on, renewal_id, 10000, amount_fen, amount_fen, years
     FROM renewals WHERE renewed = 1 ORDER BY user_id, renewed_on, renewal_id`,
  );
  const shared: Row[] = [];
  await db.stream(
    `SELECT deal_id, closed_on, amount_fen, stated_segment, credits
     FROM deals WHERE status = 'won' AND credits IS NOT NULL ORDER BY deal_id`,
    [],
    ([dealId = null, closedOn = null, amountFen, segment = null, credits]) => {
      const stated = (JSON.parse(String(credits)) as [string, number][]).map(([userId, bp]) => ({
        userId,
        bp,
      }));
      for (const share of splitCredits(Number(amountFen), stated)) {
        shared.push([share.userId, closedOn, dealId, share.bp, share.shareFen, Number(amountFen), segment]);
      }
    },
  );
  const columns = ['user_id', 'anchor_on', 'deal_id', 'bp', 'share_fen', 'amount_fen', 'stated_segment'];
  await db.insertMany('deal_credits', columns, shared);
}
