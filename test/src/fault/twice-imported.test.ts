import { openHouse } from '../harness/processes/house.ts';
import { shigang, type ShigangResult } from '../harness/processes/shigang-process.ts';

/* The same workbook imported by two processes at the same time: whatever their order, one effect. */

const SLOW = 600_000;
const WORKBOOK = ['import', 'workbook', 'examples/demo/history.xlsx', '--json'];
/** Tables of the workbook's sheets: one row per row of a sheet. */
const TABLES = [
  'role_assignments',
  'deals',
  'renewals',
  'feedback',
  'collaborations',
  'trainings',
  'assessments',
] as const;

interface Report {
  readonly rows: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}
const reportOf = ({ stdout }: ShigangResult): Report => JSON.parse(stdout) as Report;

test(
  'two imports at once: every row once, one of them inserts it',
  async () => {
    const house = await openHouse();
    await house.run('sync');
    const results = await Promise.all([shigang(WORKBOOK, house.env), shigang(WORKBOOK, house.env)]);
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    const [one, two] = results.map(reportOf) as [Report, Report];
    expect(one.rows).toBeGreaterThan(1_000);
    expect([one.rows, one.updated, two.updated]).toEqual([two.rows, 0, 0]);
    expect([one.inserted, two.inserted].sort((a, b) => a - b)).toEqual([0, one.rows]);
    expect([one.unchanged, two.unchanged].sort((a, b) => a - b)).toEqual([0, one.rows]);

    const count = async (sql: string): Promise<number> =>
      Number((await house.db.select<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`))[0]?.n);
    let stored = 0;
    for (const table of TABLES) stored += await count(table);
    expect(stored).toBe(one.rows);
    // Money is split once: the shares of every won deal make up the whole of it.
    const shares = `SELECT d.deal_id FROM deals d LEFT JOIN deal_credits c ON c.deal_id = d.deal_id
      WHERE d.status = 'won' GROUP BY d.deal_id, d.amount_fen
      HAVING COALESCE(SUM(c.bp), 0) <> 10000 OR COALESCE(SUM(c.share_fen), 0) <> d.amount_fen`;
    expect(await count(`(${shares}) broken`)).toBe(0);
  },
  SLOW,
);
