import { createTestDatabase } from '../../harness/databases/test-database.ts';
import { fillBigData, FULL_SIZE, sizeFor } from './big-data.ts';

const SIZE = sizeFor(300);
const TABLES = ['departments', 'employees', 'employment_periods', 'department_memberships', 'role_assignments', 'assessments',
  'deals', 'deal_credits', 'collaborations', 'feedback', 'renewals', 'renewal_credits'] as const; // prettier-ignore

test('the same seed fills two databases with the same rows, another seed with others', async () => {
  const databases = [await createTestDatabase(), await createTestDatabase(), await createTestDatabase()];
  const sums: string[] = [];
  for (const [index, db] of databases.entries()) {
    await fillBigData(db, SIZE, index < 2 ? 1 : 2);
    const parts = await Promise.all(
      TABLES.map((table) => db.select<{ Checksum: unknown }>(`CHECKSUM TABLE ${table}`)),
    );
    sums.push(parts.map(([row]) => String(row?.Checksum)).join());
  }
  expect(sums[0]).toBe(sums[1]);
  expect(sums[2]).not.toBe(sums[0]);
}, 120_000);

test('holds the counts asked for, and shares that sum to every won deal', async () => {
  const db = await createTestDatabase();
  await fillBigData(db, SIZE);
  const count = async (from: string): Promise<number> => {
    const [row] = await db.select<{ n: number | string }>(`SELECT COUNT(*) AS n FROM ${from}`);
    return Number(row?.n);
  };
  for (const table of ['employees', 'deals', 'collaborations', 'feedback', 'renewals'] as const) {
    expect([table, await count(table)]).toEqual([table, SIZE[table]]);
  }
  expect(await count('departments')).toBe(1 + SIZE.employees / 100);
  const won = await count(`deals WHERE status = 'won'`);
  const whole = await count(
    `(SELECT deal_id FROM deal_credits GROUP BY deal_id HAVING SUM(share_fen) = MIN(amount_fen) AND SUM(bp) = 10000) AS d`,
  );
  expect(whole).toBe(won);
  expect(await count('renewal_credits')).toBe(await count('renewals WHERE renewed = 1'));
  expect(await count('deals WHERE credits IS NOT NULL')).toBeGreaterThan(0);
}, 120_000);

test('the quarter of every fact is that of its day', async () => {
  const db = await createTestDatabase();
  await fillBigData(db, sizeFor(20));
  const quarter = (column: string): string => `YEAR(${column}) * 4 + QUARTER(${column}) - 1`;
  for (const [table, day, column] of [
    ['deals', 'opened_on', 'opened_q'],
    ['deals', 'closed_on', 'closed_q'],
    ['collaborations', 'requested_at', 'requested_q'],
    ['collaborations', 'resolved_at', 'resolved_q'],
    ['feedback', 'given_on', 'given_q'],
    ['renewals', 'due_on', 'due_q'],
  ] as const) {
    const wrong = await db.select(
      `SELECT 1 AS wrong FROM ${table} WHERE ${column} <> COALESCE(${quarter(day)}, 9999) LIMIT 1`,
    );
    expect([table, column, wrong]).toEqual([table, column, []]);
  }
  const [late] = await db.select<{ n: number | string }>(
    'SELECT COUNT(*) AS n FROM collaborations WHERE responded_at < requested_at OR resolved_at < responded_at OR response_sec <> TIMESTAMPDIFF(SECOND, requested_at, responded_at)',
  );
  expect(Number(late?.n)).toBe(0);
}, 60_000);

test('the full size is fifty deals a person, like the small ones', () => {
  expect(FULL_SIZE).toEqual(sizeFor(20_000));
});
