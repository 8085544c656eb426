import { period } from '@shigang/shared';
import { openReviewHouse } from '../../../../../test/src/demo/review-house.ts';
import type { Database, Tx } from '../../../platform/database.ts';
import { publishCycle } from './publish-cycle.ts';

/** Two houses, one of them with two hundred people. */
jest.setTimeout(180_000);

const ref = { period: period('2026Q3'), role: 'large_account' } as const;
const cycleId = '2026Q3-large_account';
const CALLS: readonly PropertyKey[] = ['select', 'execute', 'insertMany', 'insertPrepared', 'stream'];

/** The database, its transactions counting what they ask. */
function counted(db: Database): { readonly db: Database; readonly statements: () => number } {
  let statements = 0;
  const watch = (tx: Tx): Tx =>
    new Proxy(tx, {
      get(target, name) {
        const part: unknown = Reflect.get(target, name);
        if (typeof part !== 'function') return part;
        if (CALLS.includes(name)) statements += 1;
        return (part as (...given: unknown[]) => unknown).bind(target);
      },
    });
  const watched = Object.assign(Object.create(db) as Database, {
    transaction: <Result>(work: (tx: Tx) => Promise<Result>) => db.transaction((tx) => work(watch(tx))),
  });
  return { db: watched, statements: () => statements };
}

/** Publishes the demo's cycle in which everybody stands `times` times. */
async function publish(times: number): Promise<{ people: number; notices: number; statements: number }> {
  const house = await openReviewHouse();
  const { deps, operator, review } = house;
  await review.runCycle(operator, ref);
  for (let copy = 1; copy < times; copy += 1) await addCopies(deps.db, copy);
  const { left } = await review.confirmAll(operator, ref);
  for (const { userId } of left)
    await review.decide(operator, ref, {
      ...{ userId, tier: 'reassign', targetRole: 'sales_support', reason: '和本人谈过，这样更能发挥长处' },
    });
  const { db, statements } = counted(deps.db);
  await publishCycle({ ...deps, db }, operator, cycleId);
  const [row] = await deps.db.select<{ people: number; notices: number }>(
    `SELECT (SELECT COUNT(*) FROM cycle_members WHERE cycle_id = ?) AS people,
       (SELECT COUNT(*) FROM notices WHERE cycle_id = ? AND decision_id IS NOT NULL) AS notices`,
    [cycleId, cycleId],
  );
  return { people: Number(row?.people), notices: Number(row?.notices), statements: statements() };
}

async function addCopies(db: Database, copy: number): Promise<void> {
  const suffix = `-${copy}`;
  await db.execute(
    `INSERT INTO employees (user_id, name, main_dept_id, manager_user_id, hired_on, active, updated_at)
     SELECT CONCAT(e.user_id, ?), e.name, e.main_dept_id, e.manager_user_id, e.hired_on, e.active, e.updated_at
     FROM employees e JOIN cycle_members m ON m.user_id = e.user_id AND m.cycle_id = ?
     WHERE m.user_id NOT LIKE '%-%'`,
    [suffix, cycleId],
  );
  await db.execute(
    `INSERT INTO cycle_members (cycle_id, user_id, name, main_dept_id, present_role, hired_on, sums, doc,
       score_hundredths, coverage_hundredths, tier, target_role)
     SELECT cycle_id, CONCAT(user_id, ?), name, main_dept_id, present_role, hired_on, sums, doc,
       score_hundredths, coverage_hundredths, tier, target_role
     FROM cycle_members WHERE cycle_id = ? AND user_id NOT LIKE '%-%'`,
    [suffix, cycleId],
  );
}

test('two hundred people are published in as many statements as twenty', async () => {
  const few = await publish(1);
  const many = await publish(10);
  expect([few.people, many.people]).toEqual([20, 200]);
  expect(many.notices).toBe(few.notices * 10);
  expect(many.statements).toBe(few.statements);
});
