import type { DayString, SalesRole } from '@shigang/shared';
import { createTestDatabase, VirtualClock } from '@shigang/test';
import type { Database } from '../../platform/database.ts';
import { lockedQuarters } from '../incentive/index.ts';
import { assignRole, createFacts, removeAssignment } from './index.ts';

/* What is written over one another on one day, and what is left when it is taken back. */

const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
const userId = 'zhangsan';
const validFrom = '2026-11-01' as DayString;
jest.setTimeout(60_000);
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  await db.execute('DELETE FROM role_assignments');
  await db.execute('DELETE FROM fact_revisions');
});

const FIRST_FILE = 'a'.repeat(36);
const SECOND_FILE = 'b'.repeat(36);
const load = (batchId: string, role: SalesRole) =>
  db.transaction(async (tx) => {
    const writer = await createFacts({ db, clock, lockedQuarters }).openWriter(tx, batchId);
    await writer.merge('roles', [{ userId, validFrom, role }]);
    await writer.finish();
  });
const assign = (decisionId: string, role: SalesRole) =>
  db.transaction((tx) => assignRole(tx, { userId, validFrom, decisionId, role }));
const withdraw = (decisionId: string) =>
  db.transaction((tx) => removeAssignment(tx, { userId, validFrom, decisionId }));
const stored = () => db.select('SELECT role, source, decision_id, batch_id FROM role_assignments');
const revisions = () => db.select('SELECT batch_id FROM fact_revisions');

const ofFile = (batchId: string, role: SalesRole) => ({
  ...{ role, source: 'import', decision_id: null },
  batch_id: batchId,
});
const ofDecision = (decisionId: string, role: SalesRole) => ({
  ...{ role, source: 'decision', decision_id: decisionId },
  batch_id: null,
});

test('what a file had said of the day comes back with the decision withdrawn', async () => {
  await load(FIRST_FILE, 'sales_support');
  await assign('d1', 'large_account');
  await assign('d1', 'large_account');
  expect(await stored()).toEqual([ofDecision('d1', 'large_account')]);
  await withdraw('d1');
  await withdraw('d1');
  expect(await stored()).toEqual([ofFile(FIRST_FILE, 'sales_support')]);
  expect(await revisions()).toEqual([]);
});

test('nothing is left where nothing was', async () => {
  await assign('d1', 'large_account');
  await withdraw('d1');
  expect(await stored()).toEqual([]);
});

test('a file that came after the decision stays, and does not bring it back', async () => {
  await load(FIRST_FILE, 'sales_support');
  await assign('d1', 'large_account');
  await load(SECOND_FILE, 'small_account');
  await withdraw('d1');
  expect(await stored()).toEqual([ofFile(SECOND_FILE, 'small_account')]);
  const [revision] = await db.select<{ previous: string }>('SELECT previous FROM fact_revisions');
  expect(JSON.parse(revision?.previous ?? '')).toMatchObject(ofFile(FIRST_FILE, 'sales_support'));
});

test('two decisions of one day are withdrawn in either order', async () => {
  for (const [first, second] of [
    ['d1', 'd2'],
    ['d2', 'd1'],
  ] as const) {
    await load(FIRST_FILE, 'sales_support');
    await assign('d1', 'large_account');
    await assign('d2', 'small_account');
    await withdraw(first);
    expect(await stored()).toEqual([
      first === 'd1' ? ofDecision('d2', 'small_account') : ofDecision('d1', 'large_account'),
    ]);
    await withdraw(second);
    expect(await stored()).toEqual([ofFile(FIRST_FILE, 'sales_support')]);
    expect(await revisions()).toEqual([]);
  }
});
