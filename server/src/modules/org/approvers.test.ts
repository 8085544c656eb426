import { ActionHouse } from '../../../../test/src/factories/action-house.ts';
import { approverOf, starterOf } from './approvers.ts';

jest.setTimeout(60_000);

let house: ActionHouse;

beforeAll(async () => {
  house = await ActionHouse.open();
});
beforeEach(async () => {
  await house.clear();
  await house.db.execute("UPDATE employees SET active = 1, manager_user_id = 'mgr01' WHERE user_id = 'lisi'");
  await house.db.execute(
    "UPDATE employees SET active = 1 WHERE user_id IN ('mgr01', 'mgr02', 'hr01', 'hr02')",
  );
  await house.db.execute('UPDATE departments SET manager_user_ids = \'["mgr01"]\' WHERE dept_id = 11');
  await house.db.execute("UPDATE departments SET manager_user_ids = '[]' WHERE dept_id = 1");
});

const approver = (starterUserId: string | null = 'hr01', userId = 'lisi'): Promise<string | null> =>
  approverOf(house.db, house.settings, { userId, starterUserId });
const set = (sql: string): Promise<unknown> => house.db.execute(sql);

test('the direct manager', async () => {
  expect(await approver()).toBe('mgr01');
});

test('never the starter: the manager who decides is not asked', async () => {
  expect(await approver('mgr01')).toBe('hr02');
});

test('a manager who left, then the head of the department', async () => {
  await set("UPDATE employees SET manager_user_id = 'mgr03' WHERE user_id = 'lisi'");
  expect(await approver()).toBe('mgr01');
});

test('no head in the department: that of the one above', async () => {
  await set("UPDATE employees SET manager_user_id = NULL WHERE user_id = 'lisi'");
  await set('UPDATE departments SET manager_user_ids = \'["mgr03"]\' WHERE dept_id = 11');
  await set('UPDATE departments SET manager_user_ids = \'["mgr02"]\' WHERE dept_id = 1');
  expect(await approver()).toBe('mgr02');
});

test('the head of the department is not asked about himself', async () => {
  expect(await approver('hr01', 'mgr01')).toBe('hr02');
});

test('nobody in the line: an HR admin, unless that one started it', async () => {
  await set("UPDATE employees SET active = 0 WHERE user_id IN ('mgr01', 'mgr02')");
  expect(await approver('hr01')).toBe('hr02');
  expect(await approver('hr02')).toBeNull();
});

test('who starts: the deciding person, else the first HR admin, else nobody', async () => {
  const starter = (by: string): Promise<string | null> => starterOf(house.db, house.settings, by);
  expect(await starter('hr01')).toBe('hr01');
  expect(await starter('cli:ops')).toBe('hr02');
  await set("UPDATE employees SET active = 0 WHERE user_id = 'hr01'");
  expect(await starter('hr01')).toBe('hr02');
  await set("UPDATE employees SET active = 0 WHERE user_id = 'hr02'");
  expect(await starter('hr01')).toBeNull();
});

test('nobody can be asked: no call, back to HR', async () => {
  await set("UPDATE employees SET active = 0 WHERE user_id IN ('mgr01', 'mgr02')");
  const decisionId = await house.offer('lisi', { decidedBy: 'hr02' });
  await house.drain();
  expect(await house.instances()).toHaveLength(0);
  expect(await house.stateOf(decisionId)).toBe('impossible');
  expect(await house.told(decisionId)).toMatchObject([
    { outcome: 'no_approver', by: null, remark: expect.stringContaining('找不到可以审批的人') },
  ]);
});
