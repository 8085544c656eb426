import { createTestDatabase } from '../../../test/src/harness/databases/test-database.ts';
import { until } from '../../../test/src/harness/until.ts';
import type { Database } from './database.ts';
import { lock, timesTaken } from './locks.ts';

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});

test('a second holder waits for the end of the first one’s transaction', async () => {
  const steps: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let isHeld = false;
  const first = db.transaction(async (tx) => {
    await lock(tx, 'plans');
    isHeld = true;
    await held;
    steps.push('first');
  });
  await until('the first holder', () => Promise.resolve(isHeld ? true : undefined));
  const second = db.transaction(async (tx) => {
    await lock(tx, 'plans');
    steps.push('second');
  });
  const other = await db.transaction(async (tx) => {
    await lock(tx, 'org');
    return steps.length;
  });
  release();
  await Promise.all([first, second]);
  expect([other, steps]).toEqual([0, ['first', 'second']]);
});

test('it writes its row each time, so that another node could not have committed the same', async () => {
  const before = await timesTaken(db, 'model:large_account');
  for (let time = 0; time < 3; time += 1) await db.transaction((tx) => lock(tx, 'model:large_account'));
  expect((await timesTaken(db, 'model:large_account')) - before).toBe(3);
  const undone = db.transaction(async (tx) => {
    await lock(tx, 'model:large_account');
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect((await timesTaken(db, 'model:large_account')) - before).toBe(3);
});
