import { Importing } from '../../../../test/src/factories/importing.ts';
import { createFacts, failedRuns } from '../facts/index.ts';
import { lockedQuarters } from '../incentive/index.ts';

/* An import whose application fails again and again for a reason of the database: it is given up, and somebody is told. */

const ROWS = 3_000;
const HEAD = '商机编号,销售,金额,状态,开始日期,结束日期,客户类型\n';
const TRIES = 5;

test('what fails five times is given up half applied, marked as far as it is stored, and completed by its file', async () => {
  const house = await Importing.open();
  const facts = createFacts({ db: house.db, clock: house.clock, lockedQuarters });
  // The last piece of a thousand holds an amount that the table does not take.
  const lines = Array.from(
    { length: ROWS },
    (_, index) =>
      `D${index},${index < 1_000 ? 'lisi' : 'zhangsan'},${index === 2_900 ? 999 : 100},won,,2026-03-01,`,
  );
  const path = house.saved(HEAD + lines.join('\n'));
  await house.db.execute('ALTER TABLE deals ADD CONSTRAINT deals_refuse CHECK (amount_fen <> 99900)');
  try {
    await expect(house.load('deals', path)).rejects.toThrow();
    for (let attempt = 2; attempt <= TRIES; attempt += 1) {
      expect(await failedRuns(house.db)).toEqual([]);
      await house.db.execute("UPDATE import_runs SET lease_until = '2020-01-01 00:00:00'");
      await expect(facts.finishLeftRuns()).rejects.toThrow();
    }
  } finally {
    await house.db.execute('ALTER TABLE deals DROP CONSTRAINT deals_refuse');
  }
  expect(await failedRuns(house.db)).toEqual([
    { kind: 'deals', fileName: path.split('/').pop(), actor: house.operator.actor },
  ]);
  expect(await facts.hasLeftRuns()).toBe(false);
  expect(await house.count('deals')).toBe(2_000);
  // Nobody waits for it, and what is stored is computed.
  expect(await facts.hasDirtyMarks('profile')).toBe(true);
  expect(await house.marks('statement')).toEqual(['lisi 2026Q1', 'zhangsan 2026Q1']);

  expect(await house.load('deals', path)).toMatchObject({ inserted: 1_000, unchanged: 2_000 });
  expect(await failedRuns(house.db)).toEqual([]);
  for (const table of ['import_runs', 'import_rows']) expect(await house.count(table)).toBe(0);
});
