import { createTestDatabase, VirtualClock } from '@shigang/test';
import { operatorViewer, systemViewer } from '../access/index.ts';
import type { Database } from '../platform/database.ts';
import { AuditLog } from './audit-log.ts';

let db: Database;
const audit = new AuditLog(new VirtualClock('2026-10-12T09:30:00+08:00'));
const entry = (id: string) => ({
  action: 'cycle.published',
  subjectKind: 'cycle',
  subjectId: id,
  before: { state: 'review' },
  after: { state: 'published' },
});

beforeEach(async () => {
  db = await createTestDatabase();
});

test('rows written at once form one whole chain', async () => {
  await Promise.all(
    [...Array(20).keys()].map((n) =>
      db.transaction((tx) => audit.record(tx, operatorViewer('hr'), entry(`c${n}`))),
    ),
  );
  expect(await audit.verify(db)).toEqual({ rows: 20, brokenAt: null });
});

test.each([
  ['a changed value', `UPDATE audit_log SET reason = 'other' WHERE seq = 2`, 2],
  ['a missing row', 'DELETE FROM audit_log WHERE seq = 2', 2],
  ['a missing last row', 'DELETE FROM audit_log WHERE seq = 3', 3],
])('%s breaks the chain', async (_, sql, brokenAt) => {
  for (const id of ['a', 'b', 'c'])
    await db.transaction((tx) => audit.record(tx, operatorViewer('hr'), entry(id)));
  await db.execute(sql);
  expect((await audit.verify(db)).brokenAt).toBe(brokenAt);
});

test('a read of other people is recorded, the own and the system’s are not', async () => {
  const viewer = { ...operatorViewer('x'), userId: 'hr01', actor: 'hr01' };
  await audit.recordRead(db, viewer, 'statement', 'zhangsan');
  await audit.recordRead(db, viewer, 'statement', 'hr01');
  await audit.recordRead(db, systemViewer('rebuild'), 'statement', 'zhangsan');
  expect(await db.select('SELECT actor, action, subject_id FROM audit_log')).toEqual([
    { actor: 'hr01', action: 'statement.read', subject_id: 'zhangsan' },
  ]);
});
