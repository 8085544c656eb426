import { createTestDatabase } from '@shigang/test';
import { realClock, type Database } from '@shigang/server';
import { checkDeadRows } from './doctor-dead-rows.ts';

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
}, 60_000);

const PERMISSION =
  '应用还缺少钉钉权限 Workflow.Instance.Write（POST /v1.0/workflow/processInstances），请管理员在开发者后台的“权限管理”里申请。';
const outbox = (id: string, kind: string, state: string, error: string | null, daysAgo: number) =>
  db.execute(
    `INSERT INTO outbox (id, kind, business_key, payload, state, due_at, attempts, last_error, created_at, finished_at)
     VALUES (?, ?, ?, '{}', ?, UTC_TIMESTAMP(3), 12, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) - INTERVAL ? DAY)`,
    [id, kind, `${kind}/${id}`, state, error, daysAgo],
  );
const inbox = (id: string, state: string, error: string | null) =>
  db.execute(
    `INSERT INTO inbox (event_id, kind, subject, payload, born_at, received_at, state, last_error)
     VALUES (?, 'bpms_instance_change', 'x', '{}', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), ?, ?)`,
    [id, state, error],
  );

test('nothing given up lately is well: what failed long ago or is still tried does not count', async () => {
  await outbox('old', 'approval.start', 'dead', PERMISSION, 8);
  await outbox('tried', 'approval.start', 'pending', PERMISSION, 0);
  await inbox('tried', 'pending', 'timeout');
  const checks = await checkDeadRows(db, realClock);
  expect(checks.map(({ id, ok, fix }) => [id, ok, fix])).toEqual([
    ['outbox', true, null],
    ['inbox', true, null],
  ]);
});

test('what was given up is named with kind, last error and fix', async () => {
  await outbox('a1', 'approval.start', 'dead', PERMISSION, 1);
  await outbox('a2', 'approval.start', 'dead', PERMISSION, 1);
  await outbox('a3', 'roster.transfer', 'dead', null, 1);
  await inbox('dead', 'dead', '钉钉暂时没有正常回应');
  const [out, arrived] = await checkDeadRows(db, realClock);
  expect(out).toEqual({
    id: 'outbox',
    ok: false,
    detail: `approval.start 2 条：${PERMISSION}；roster.transfer 1 条：没有留下原因`,
    fix: expect.stringMatching(/^按原因.*重新提出。按原因.*手工调岗。$/) as string,
  });
  expect(arrived).toMatchObject({
    ...{ id: 'inbox', ok: false, detail: 'bpms_instance_change 1 条：钉钉暂时没有正常回应' },
    fix: expect.stringContaining('npx shigang sync') as string,
  });
});
