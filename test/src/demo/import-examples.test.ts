import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { demoOrg, type OrgFile } from '@shigang/simulator';
import { operatorViewer } from '../../../server/src/access/index.ts';
import { AuditLog } from '../../../server/src/audit/audit-log.ts';
import { createFacts } from '../../../server/src/modules/facts/index.ts';
import { createIntake, type Intake } from '../../../server/src/modules/intake/index.ts';
import { createSettings, type SettingsModule } from '../../../server/src/modules/settings/index.ts';
import { createTestDatabase } from '../harness/test-database.ts';
import { VirtualClock } from '../harness/virtual-clock.ts';
import { EXPECTED_CRM } from './crm-expected.ts';
import { KINDS } from './story/rows.ts';
import { demoRows } from './story/index.ts';

const EXAMPLES = resolve(__dirname, '../../../examples');
const example = (name: string): string => join(EXAMPLES, name);
const json = (name: string): unknown => JSON.parse(readFileSync(example(name), 'utf8'));
const operator = operatorViewer('tester');

/** The importer over a database that knows the people of an organisation file, as a sync would leave it. */
async function importerFor(org: OrgFile): Promise<{ intake: Intake; settings: SettingsModule }> {
  const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
  const db = await createTestDatabase();
  const updatedAt = '2026-10-12 01:30:00';
  await db.insertMany(
    'employees',
    ['user_id', 'name', 'job_number', 'hired_on', 'left_on', 'updated_at'],
    org.employees.map((person) => [
      person.userid,
      person.name,
      person.jobNumber ?? null,
      person.hiredOn ?? null,
      person.leftOn ?? null,
      updatedAt,
    ]),
  );
  await db.insertMany(
    'employment_periods',
    ['user_id', 'hired_on', 'left_on'],
    org.employees.map((person) => [person.userid, person.hiredOn ?? '1900-01-01', person.leftOn ?? null]),
  );
  const audit = new AuditLog(clock);
  const settings = createSettings({ db, clock, audit });
  return {
    settings,
    intake: createIntake({ db, clock, audit, settings, facts: createFacts({ db, clock }) }),
  };
}

test('the demo workbook goes in whole, without a warning, and once', async () => {
  const { intake } = await importerFor(demoOrg());
  const request = { kind: 'workbook', path: example('demo/history.xlsx') } as const;
  const made = demoRows();
  const rows = KINDS.reduce((sum, kind) => sum + made[kind].length, 0);
  const first = await intake.importFile(operator, request);
  expect(first).toMatchObject({ rows, inserted: rows, updated: 0, unchanged: 0, rejected: [], warnings: [] });
  const second = await intake.importFile(operator, request);
  expect(second).toMatchObject({
    rows,
    inserted: 0,
    updated: 0,
    unchanged: rows,
    rejected: [],
    warnings: [],
  });
}, 120_000);

test('the CRM excerpt goes in with the warnings that its README announces', async () => {
  const { intake, settings } = await importerFor(json('crm/org.json') as OrgFile);
  await settings.applySettings(operator, json('crm/settings.json'));
  const roles = await intake.importFile(operator, { kind: 'roles', path: example('crm/roles.csv') });
  expect(roles).toMatchObject({ rows: 35, inserted: 35, rejected: [], warnings: [] });
  const deals = await intake.importFile(operator, {
    kind: 'deals',
    path: example('crm/sales_pipeline.sample.csv'),
    mapping: json('crm/mapping.json'),
  });
  expect(deals).toMatchObject({ rows: EXPECTED_CRM.rows, inserted: EXPECTED_CRM.rows, rejected: [] });
  expect(deals.warnings.map(({ code }) => code)).toEqual(
    EXPECTED_CRM.segmentMismatch.map(() => 'segment_mismatch'),
  );
}, 60_000);
