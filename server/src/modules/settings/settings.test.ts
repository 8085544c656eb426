import { createTestDatabase, VirtualClock } from '@shigang/test';
import { AuditLog } from '../../audit/audit-log.ts';
import { operatorViewer, systemViewer } from '../../access/index.ts';
import type { Database } from '../../platform/database.ts';
import { createSettings } from './index.ts';

const SYSTEM = systemViewer('test');

const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
const operator = operatorViewer('tester');
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
const open = () => createSettings({ db, clock, audit: new AuditLog(clock) });

test('every setting has a default, and showing it needs no row', async () => {
  expect(await open().showSettings(SYSTEM)).toEqual({
    hrScopes: {},
    accessRoles: { hr: ['HR'], hrAdmin: ['HR管理员'], auditor: ['审计'] },
    segments: { mediumFromFen: 500_000, largeFromFen: 1_000_000 },
    programmeStartOn: null,
    roleTargets: {},
    replyWorkingDays: 5,
    trainingDueDays: 35,
    managersSeeIncentiveTotals: false,
    rosterTransfer: true,
    clawbackMonths: 12,
    outboxKeepDays: 90,
  });
});

test('applying changes what is named, audits it, and applying what is shown changes nothing', async () => {
  const settings = open();
  await settings.current();
  const applied = await settings.applySettings(operator, {
    hrScopes: { hr01: [20, 30] },
    segments: { largeFromFen: 2_000_000 },
    roleTargets: { large_account: { deptId: 20, positionName: '大客户经理' } },
    programmeStartOn: '2025-10-01',
  });
  expect(applied.status).toBe('updated');
  expect(applied.changed).toEqual(['hrScopes', 'segments', 'roleTargets', 'programmeStartOn']);
  const shown = await settings.current();
  expect(shown.segments).toEqual({ mediumFromFen: 500_000, largeFromFen: 2_000_000 });
  expect(shown.replyWorkingDays).toBe(5);
  const again = await settings.applySettings(operator, JSON.parse(JSON.stringify(shown)));
  expect(again.status).toBe('unchanged');
  const audit = await db.select<{ actor: string; action: string; after_value: string }>(
    'SELECT * FROM audit_log',
  );
  expect(audit).toHaveLength(1);
  expect(audit[0]).toMatchObject({ actor: 'cli:tester', action: 'settings.changed' });
  expect(JSON.parse(audit[0]?.after_value ?? '')).toMatchObject({ hrScopes: { hr01: [20, 30] } });
});

test('another process sees a change after two seconds', async () => {
  const [one, two] = [open(), open()];
  expect((await two.current()).clawbackMonths).toBe(12);
  await one.applySettings(operator, { clawbackMonths: 6 });
  expect((await two.current()).clawbackMonths).toBe(12);
  clock.advance(2_001);
  expect((await two.current()).clawbackMonths).toBe(6);
  await one.applySettings(operator, { clawbackMonths: 12 });
});

test.each([
  [{ replyWorkingDays: 0 }, 'replyWorkingDays'],
  [{ replyWorkingDays: 2.5 }, 'replyWorkingDays'],
  [{ segments: { mediumFromFen: 9, largeFromFen: 9 } }, 'segments'],
  [{ segments: { hugeFromFen: 9 } }, 'segments.hugeFromFen'],
  [{ hrScopes: { hr01: 20 } }, 'hrScopes.hr01'],
  [{ hrScopes: { hr01: [20, 'x'] } }, 'hrScopes.hr01[1]'],
  [{ accessRoles: { boss: [] } }, 'accessRoles.boss'],
  [{ accessRoles: { hr: [''] } }, 'accessRoles.hr[0]'],
  [{ programmeStartOn: '2025-02-30' }, 'programmeStartOn'],
  [{ roleTargets: { boss: { deptId: 1, positionName: 'x' } } }, 'roleTargets.boss'],
  [{ roleTargets: { large_account: { deptId: 20 } } }, 'roleTargets.large_account.positionName'],
  [{ rosterTransfer: 'yes' }, 'rosterTransfer'],
  [{ clawbackMonths: 121 }, 'clawbackMonths'],
])('%j is refused at %s, and nothing of the file is taken over', async (json, field) => {
  const settings = open();
  const before = await settings.showSettings(SYSTEM);
  const work = settings.applySettings(operator, { managersSeeIncentiveTotals: true, ...json });
  await expect(work).rejects.toMatchObject({ code: 'settings.invalid', params: { field } });
  expect(await settings.showSettings(SYSTEM)).toEqual(before);
});

test('a setting that does not exist, a list, and a person without the right are refused', async () => {
  const settings = open();
  await expect(settings.applySettings(operator, { retentionYears: 3 })).rejects.toMatchObject({
    code: 'settings.unknown',
    params: { field: 'retentionYears' },
  });
  await expect(settings.applySettings(operator, [])).rejects.toMatchObject({ code: 'settings.invalid' });
  const nobody = { ...systemViewer('x'), isSystem: false };
  await expect(settings.applySettings(nobody, {})).rejects.toMatchObject({ code: 'access.denied' });
});
